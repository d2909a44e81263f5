import type { Rng } from "./rng.ts";
import type { Instant } from "./quantity.ts";

/** The kinds of thing that have an id. The kind is part of the id, so that no id is mistaken for another's. */
export type Kind =
  | "participant"
  | "person"
  | "place"
  | "order"
  | "parcel"
  | "leg"
  | "courier"
  | "vehicle"
  | "shift"
  | "quote"
  | "offer"
  | "assignment"
  | "decision"
  | "request"
  | "event"
  | "posting"
  | "attempt"
  | "proof"
  | "subject"
  | "agreement"
  | "key"
  | "endpoint"
  | "delivery"
  | "import"
  | "timer"
  | "plan";

export type Id<K extends Kind> = `${K}_${string}`;

export type ParticipantId = Id<"participant">;
export type OrderId = Id<"order">;
export type ParcelId = Id<"parcel">;
export type LegId = Id<"leg">;
export type CourierId = Id<"courier">;
export type ShiftId = Id<"shift">;
export type QuoteId = Id<"quote">;
export type OfferId = Id<"offer">;
export type DecisionId = Id<"decision">;
export type RequestId = Id<"request">;
export type EventId = Id<"event">;
export type SubjectId = Id<"subject">;

/** Crockford's base 32: no I, L, O or U, so that an id can be read aloud. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * A new id: ten characters of time (48 bits of milliseconds), then sixteen of chance (80 bits), as in a ULID, so that ids
 * sort by birth. `rng` is the operating system's in production and seeded in a simulated day.
 */
export function newId<K extends Kind>(kind: K, at: Instant, rng: Pick<Rng, "below">): Id<K> {
  let time = "";
  for (let rest = at as number, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32]! + time;
  let chance = "";
  for (let i = 0; i < 16; i++) chance += alphabet[rng.below(32)];
  return `${kind}_${time}${chance}`;
}

export const isId = <K extends Kind>(kind: K, text: string): text is Id<K> =>
  text.startsWith(`${kind}_`) && /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(kind.length + 1));
