import type { Json } from "../shared/reading.ts";
import { text } from "../shared/reading.ts";

/** What must be there for a delivery to be one; the rest is read where it is used. */
export interface WireDelivery {
  readonly id: string;
  readonly state: string;
  readonly all: Json;
}

export function readDelivery(json: Json): WireDelivery | null {
  const [id, state] = [text(json, "id"), text(json, "state")];
  return id === null || state === null ? null : { id, state, all: json };
}
