import type { Entry } from "./entry.ts";

/** What the carrier API says no to: these words are part of its contract, and every carrier's own door may answer with them. */
export type DeliveryCode =
  | "UNKNOWN_DELIVERY"
  | "OUT_OF_COVERAGE"
  | "QUOTE_STALE"
  | "NOT_CANCELLABLE"
  | "ALREADY_BOOKED";

export const deliveryEntries: Readonly<Record<DeliveryCode, Entry>> = {
  UNKNOWN_DELIVERY: {
    status: 404,
    title: "Unknown delivery",
    detail: "There is no such delivery, or it is not yours to see.",
    mend: "Check the id, or ask for it by your externalId.",
  },
  OUT_OF_COVERAGE: {
    status: 422,
    title: "Out of coverage",
    detail: (f) => `No courier gets to ${String(f["field"] ?? "one of the places")}: ${String(f["why"])}.`,
    mend: "Give a place within the city that is beside a road, or ask another carrier.",
  },
  QUOTE_STALE: {
    status: 409,
    title: "Quote no longer holds",
    detail: (f) => `The quote ${String(f["why"])}.`,
    mend: "Ask for a new quote and book on that.",
  },
  NOT_CANCELLABLE: {
    status: 409,
    title: "Not cancellable",
    detail: (f) => `The delivery is ${String(f["state"])}: a courier has the goods, or it has ended.`,
    mend: "Let it be delivered, or ask the carrier to bring it back.",
  },
  ALREADY_BOOKED: {
    status: 409,
    title: "Already booked",
    detail: (f) => `Another delivery stands under the externalId ${String(f["externalId"])}.`,
    mend: "Use a new externalId for a new delivery; send the same body again to get the standing one.",
  },
};
