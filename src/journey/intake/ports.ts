import type { Vault } from "../../commons/governance/ports.ts";
import type { Cell, Geocoder, Places, Travel } from "../../domain/index.ts";
import type { Currency } from "../../kernel/money.ts";
import type { Point } from "../../kernel/point.ts";

/** What intake asks of the world before an order enters. */
export interface IntakePorts {
  readonly places: Places;
  /** Undefined where nobody outside is asked. */
  readonly geocoder?: Geocoder | undefined;
  readonly travel: Travel;
  readonly vault: Pick<Vault, "seal">;
  readonly cellOf: (point: Point) => Cell;
  /** What the loaded city declares of the places in it. */
  readonly city: { readonly zone: string; readonly jurisdiction: string; readonly currency: Currency };
}
