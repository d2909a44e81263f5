import type { OrderId } from "../../kernel/id.ts";

/** The money is booked: `postings` lines that sum to zero. */
export interface JourneySettled {
  readonly type: "JourneySettled";
  readonly order: OrderId;
  readonly entry: string;
  readonly postings: number;
}
