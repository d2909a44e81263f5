import { invariant } from "../../kernel/invariant.ts";
import type { CourierId, OrderId, ParticipantId, ShiftId } from "../../kernel/id.ts";
import type {
  Courier,
  Leg,
  Order,
  Participant,
  Position,
  Route,
  Shift,
  State,
  Table,
  Tables,
} from "../../domain/index.ts";
import { pair, type IndexName, type RowOf } from "./indexes.ts";

export type Droppable = "route" | "round" | "timer";

/** A courier on duty, with the shift and the route that is being driven. */
export interface OnDuty {
  readonly shift: Shift;
  readonly courier: Courier;
  readonly route: Route;
}

/** Where rows are looked up: the living state itself, or a draft on top of it. */
export abstract class Layer implements State {
  abstract get<T extends Table>(table: T, id: string): Tables[T] | undefined;
  abstract put<T extends Table>(table: T, row: Tables[T]): void;
  abstract drop(table: Droppable, id: string): void;
  abstract position(courier: CourierId): Position | undefined;
  abstract odometer(courier: CourierId): number;
  /** The rows under `key`, by id. The list never changes: a later write makes a new one. */
  abstract find<I extends IndexName>(index: I, key: string): readonly RowOf<I>[];
  /** Grows with every write below this layer or in it: what was computed at another version is stale. */
  abstract version(): number;

  must<T extends Table>(table: T, id: string): Tables[T] {
    const row = this.get(table, id);
    invariant(row !== undefined, `${table} ${id} is not alive`);
    return row;
  }

  participants(): readonly Participant[] {
    return this.find("participants", "all");
  }
  couriers(carrier: ParticipantId): readonly Courier[] {
    return this.find("couriersOf", carrier);
  }
  legsOf(order: OrderId): readonly Leg[] {
    return this.find("legsOf", order);
  }
  legsWith(carrier: ParticipantId): readonly Leg[] {
    return this.find("legsWith", carrier);
  }
  legByReference(carrier: ParticipantId, reference: string): Leg | undefined {
    return this.find("legByReference", pair(carrier, reference))[0];
  }
  orderByReference(shipper: ParticipantId, reference: string): Order | undefined {
    return this.find("orderByReference", pair(shipper, reference))[0];
  }
  shiftsOf(courier: CourierId): readonly Shift[] {
    return this.find("shiftsOf", courier);
  }
  shiftOf(courier: CourierId): Shift | undefined {
    return this.find("shiftOf", courier)[0];
  }
  routeOf(shift: ShiftId): Route | undefined {
    return this.find("routeOf", shift)[0];
  }
  /** A shift that has no route yet is left out. */
  onDuty(carrier: ParticipantId): readonly OnDuty[] {
    const found: OnDuty[] = [];
    for (const shift of this.find("onDuty", carrier)) {
      const route = this.routeOf(shift.id);
      if (route !== undefined) found.push({ shift, courier: this.must("courier", shift.courier), route });
    }
    return found;
  }
}
