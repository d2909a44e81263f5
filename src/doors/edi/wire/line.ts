import type { Zone } from "../../../kernel/local-time.ts";
import type { Separators } from "./interchange.ts";

/** How a side is called in the header of an interchange: `02` a SCAC, `ZZ` by agreement; in EDIFACT `14` a GLN, `ZZZ`. */
export interface Address {
  readonly qualifier: string;
  readonly id: string;
}

/** Who writes to whom, and how the other side wants its interchanges. */
export interface Line {
  readonly us: Address;
  readonly them: Address;
  readonly isTest: boolean;
  readonly separators: Separators;
  /** Line ends, where the partner wants each segment on a line of its own. */
  readonly after: string;
  /** Where the times on the wall are. */
  readonly zone: Zone;
}
