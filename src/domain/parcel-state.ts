import type { ParticipantId } from "../kernel/id.ts";

export const parcelStates = [
  "expected",
  "in_custody",
  "at_hub",
  "held",
  "delivered",
  "returned",
  "lost",
  "damaged",
] as const;

/** Where one physical piece stands. `held` waits at a pick-up point to be collected. */
export type ParcelState = (typeof parcelStates)[number];

/** Who answers for a parcel at this moment: always exactly one. */
export type Holder =
  | { readonly kind: "shipper" | "carrier" | "hub"; readonly participant: ParticipantId }
  | { readonly kind: "recipient" };

const next: Readonly<Record<ParcelState, readonly ParcelState[]>> = {
  expected: ["in_custody", "lost", "damaged"],
  in_custody: ["in_custody", "at_hub", "held", "delivered", "returned", "lost", "damaged"],
  at_hub: ["in_custody", "held", "returned", "lost", "damaged"],
  held: ["delivered", "in_custody", "returned", "lost", "damaged"],
  delivered: [],
  returned: [],
  lost: [],
  damaged: [],
};

export const parcelMayBecome = (from: ParcelState, to: ParcelState): boolean => next[from].includes(to);
export const parcelSuccessors = (from: ParcelState): readonly ParcelState[] => next[from];
export const parcelIsFinal = (state: ParcelState): boolean => next[state].length === 0;
