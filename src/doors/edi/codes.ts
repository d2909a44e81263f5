import type { StatusWord } from "./messages.ts";

/** Which code says which of our words, both ways. A partner's own entries stand before the usual ones. */
export interface StatusCodes {
  /** By our word: the code that we write. A word that is not here is not told. */
  readonly write: Readonly<Partial<Record<StatusWord, string>>>;
  /** By the partner's code: what we read. A code that is not here is kept and told, never guessed. */
  readonly read: Readonly<Record<string, StatusWord>>;
}

/** Element 1650 of X12 214, as most shippers' guides have it. (One public article exchanges X1 and X3: it is wrong.) */
export const x12Codes: StatusCodes = {
  write: {
    ...{
      accepted: "XB",
      at_pickup: "X3",
      picked_up: "AF",
      en_route_to_dropoff: "X6",
      at_dropoff: "X1",
      handed_over: "D1",
    },
    ...{ pickup_failed: "AP", dropoff_failed: "AH", returned: "A3", cancelled: "CA", late: "SD" },
  },
  read: {
    ...{ XB: "accepted", X8: "at_pickup", X3: "at_pickup", L1: "picked_up", CP: "picked_up", AF: "picked_up" },
    ...{
      X6: "en_route_to_dropoff",
      X4: "en_route_to_dropoff",
      P1: "en_route_to_dropoff",
      AG: "estimate",
      X2: "estimate",
    },
    ...{ X1: "at_dropoff", X5: "at_dropoff", AJ: "at_dropoff", D1: "handed_over", CD: "handed_over" },
    ...{
      AH: "dropoff_failed",
      AP: "dropoff_failed",
      A7: "dropoff_failed",
      A3: "returned",
      CA: "cancelled",
      SD: "late",
    },
  },
};

/** Transport status codes of EDIFACT IFTSTA (UN/ECE recommendation 24, element 9011). */
export const edifactCodes: StatusCodes = {
  write: {
    ...{
      accepted: "1",
      at_pickup: "94",
      picked_up: "13",
      en_route_to_dropoff: "31",
      at_dropoff: "5",
      handed_over: "21",
    },
    ...{ pickup_failed: "53", dropoff_failed: "18", returned: "102", cancelled: "77", late: "33" },
  },
  read: {
    ...{ "1": "accepted", "94": "at_pickup", "13": "picked_up", "24": "picked_up", "31": "en_route_to_dropoff" },
    ...{ "5": "at_dropoff", "21": "handed_over", "53": "pickup_failed", "18": "dropoff_failed", "102": "returned" },
    ...{ "77": "cancelled", "33": "late" },
  },
};

export const codesWith = (usual: StatusCodes, own: Partial<StatusCodes> | undefined): StatusCodes => ({
  write: { ...usual.write, ...own?.write },
  read: { ...usual.read, ...own?.read },
});

export const meaningOf = ({ read }: StatusCodes, code: string): StatusWord | null =>
  Object.hasOwn(read, code) ? read[code]! : null;
