import type { OfferRefusal } from "../../journey/dispatch/index.ts";
import type { ChangeRefusal, IntakeRefusal } from "../../journey/intake/index.ts";
import type { PositionRefusal, ReportRefusal } from "../../journey/track/index.ts";
import type { FleetRefusal } from "../../journey/pool/index.ts";
import type { SnapRefusal } from "../../domain/index.ts";
import { instant, toIso } from "../../kernel/quantity.ts";
import type { Entry, Facts } from "./problem-entry.ts";
import type { LinkRefusal } from "../links.ts";
import { doorEntries, type DoorCode } from "./problems-door.ts";
import type { Problem, RowProblem } from "./contract.ts";

/** Why a platform's webhook is not believed; the connectors' own list, which the doors may not import. */
type WebhookCode = "WEBHOOK_UNSIGNED" | "WEBHOOK_FORGED" | "WEBHOOK_STALE" | "WEBHOOK_GARBAGE";

type JourneyCode = (
  | IntakeRefusal
  | ChangeRefusal
  | OfferRefusal
  | FleetRefusal
  | ReportRefusal
  | PositionRefusal
  | SnapRefusal
  | LinkRefusal
)["code"];

/** Every code that an answer of the API may carry. */
export type Code = JourneyCode | WebhookCode | DoorCode;

const near = (facts: Facts): string =>
  facts["nearest"] === null ? "the city has none" : `the nearest is ${String(facts["nearest"])} m away`;

const journeyEntries: Readonly<Record<JourneyCode | WebhookCode, Entry>> = {
  NOT_A_PLATFORM: {
    status: 422,
    title: "Not a platform",
    detail: (f) => `This participant is none that can be linked: we speak with ${(f["known"] as string[]).join(", ")}.`,
    mend: "Name a participant of yours whose carriage is a platform with one of these connectors.",
  },
  LINKED_ALREADY: {
    status: 409,
    title: "Linked already",
    detail: "This platform is linked already.",
    mend: "Change the link with PATCH, or remove it first.",
  },
  LINK_NOT_FOUND: {
    status: 404,
    title: "Not linked",
    detail: "This participant has no link, or it is not yours to see.",
    mend: "GET /v1/connections lists your links.",
  },
  CREDENTIALS_WRONG: {
    status: 422,
    title: "Credentials wrong",
    detail: (f) => `${String(f["field"])} is missing, or is none that this platform has.`,
    mend: (f) => `Give exactly ${(f["expected"] as string[]).join(", ")}.`,
  },
  LINK_IN_USE: {
    status: 409,
    title: "Link in use",
    detail: (f) => `${String(f["deliveries"])} deliveries are under way with this platform.`,
    mend: "Wait until they are over, or cancel them: their news would not reach us any more.",
  },
  NOT_A_SHIPPER: {
    status: 403,
    title: "Not a shipper",
    detail: "This participant does not place orders.",
    mend: "Place the order as a participant with the role shipper, or have the operator add the role.",
  },
  REFERENCE_TAKEN: {
    status: 409,
    title: "Reference taken",
    detail: (f) => `You have already used this reference, for order ${String(f["order"])}.`,
    mend: "Give the order another reference, or leave it out.",
  },
  WINDOW_ENDS_BEFORE_IT_STARTS: {
    status: 422,
    title: "Window reversed",
    detail: (f) => `The window ${String(f["field"])} ends before it starts.`,
    mend: "Swap earliest and latest, or leave one of them open (null).",
  },
  WINDOW_IS_PAST: {
    status: 422,
    title: "Window is past",
    detail: (f) => `The window ${String(f["field"])} ended at ${String(f["latest"])}; here it is ${String(f["now"])}.`,
    mend: "Give a window that ends later. In the demo the clock is the demo's own: GET /v1/clock tells it.",
  },
  WINDOW_TOO_FAR_AHEAD: {
    status: 422,
    title: "Window too far ahead",
    detail: (f) => `The window ${String(f["field"])} lies more than ${String(f["limit_days"])} days ahead.`,
    mend: "Place the order nearer to its day.",
  },
  WINDOWS_CANNOT_BE_MET: {
    status: 422,
    title: "Windows cannot be met",
    detail: (f) =>
      `${String(f["field"])} is before ${String(f["earliestPossible"])}, when the goods can be had at the soonest.`,
    mend: "Let that window end later, or the goods be ready earlier.",
  },
  READY_TOO_FAR_AHEAD: {
    status: 422,
    title: "Ready too far ahead",
    detail: (f) => `The goods would be ready more than ${String(f["limit_days"])} days from now.`,
    mend: "Check the date, or place the order nearer to its day.",
  },
  LEAVE_SAFE_REFUSED: {
    status: 422,
    title: "Cannot be left",
    detail: (f) =>
      `What asks for ${String(f["requirement"])} is handed to a person, and cannot be left in a safe place.`,
    mend: "Choose return, or leave that requirement out.",
  },
  SAME_PLACE: {
    status: 422,
    title: "Same place",
    detail: "Pickup and drop-off are at the very same point.",
    mend: "Check both addresses; drag one of the pins where two doors share an address.",
  },
  PLACE_MISSING: {
    status: 422,
    title: "Place missing",
    detail: (f) => `${String(f["field"])} has neither an address nor a point.`,
    mend: "Give an address, a point, or both.",
  },
  ADDRESS_NOT_FOUND: {
    status: 422,
    title: "Address not found",
    detail: (f) => `The loaded city knows no address like the one in ${String(f["field"])}.`,
    mend: (f) => {
      const alike = (f["suggestions"] as readonly string[] | undefined) ?? [];
      return alike.length > 0
        ? `Did you mean ${alike.map((one) => `"${one}"`).join(" or ")}? Else give the point [longitude, latitude].`
        : "Check the spelling of street and house number, or give the point [longitude, latitude].";
    },
  },
  COORDINATES_SWAPPED: {
    status: 422,
    title: "Coordinates swapped",
    detail: (f) => `${String(f["field"])} lies outside the city, but inside it with its two numbers swapped.`,
    mend: "Write points as [longitude, latitude]: longitude first.",
  },
  POINT_OUTSIDE_CITY: {
    status: 422,
    title: "Point outside the city",
    detail: (f) => `${f["field"] ? String(f["field"]) : "The point"} lies outside the loaded city.`,
    mend: "Check the coordinates ([longitude, latitude], degrees); GET /v1/city tells the city's bounds.",
  },
  POINT_FAR_FROM_ROAD: {
    status: 422,
    title: "Point far from any road",
    detail: (f) =>
      `There is no road within ${String(f["limit"])} m of ${f["field"] ? String(f["field"]) : "the point"}; ${near(f)}.`,
    mend: "Move the point to the road where a courier can stop, and describe the rest in the notes.",
  },
  NO_PARCELS: {
    status: 422,
    title: "No parcels",
    detail: "The order has no parcels.",
    mend: "Give at least one parcel with its weight.",
  },
  PARCEL_TOO_HEAVY: {
    status: 422,
    title: "Parcel too heavy",
    detail: (f) => `${String(f["field"])} is heavier than the ${String(f["limit_g"])} g that any carrier takes.`,
    mend: "Split it into lighter parcels. Weights are grams: 2 kg is 2000.",
  },
  PARCEL_TOO_LARGE: {
    status: 422,
    title: "Parcel too large",
    detail: (f) => `${String(f["field"])} is larger than the ${String(f["limit_l"])} l that any carrier takes.`,
    mend: "Split it into smaller parcels. Volumes are litres.",
  },

  ORDER_NOT_FOUND: {
    status: 404,
    title: "Order not found",
    detail: "There is no such order, or it is not yours to see.",
    mend: "Check the id, and as whom you ask (GET /v1/session).",
  },
  ORDER_IS_CLOSED: {
    status: 409,
    title: "Order is closed",
    detail: (f) => `The order is ${String(f["state"])}; nothing about it changes any more.`,
    mend: "Place a new order; the console can copy this one.",
  },
  ORDER_STILL_OPEN: {
    status: 409,
    title: "Order still open",
    detail: (f) => `The order is ${String(f["state"])}: until it is closed somebody must find the door.`,
    mend: "Cancel it, or wait until it is closed; then its personal data can be erased.",
  },
  TOO_LATE_TO_CHANGE: {
    status: 409,
    title: "Too late to change",
    detail: (f) => `${String(f["field"])} could be changed until ${String(f["until"])}.`,
    mend: "Leave this field out, or call the carrier.",
  },
  STALE_EDIT: {
    status: 412,
    title: "Stale edit",
    detail: (f) =>
      `You edited version ${String(f["yours"])}; by now it is version ${String(f["current"])}: somebody changed it meanwhile.`,
    mend: "Get the order again, look at what changed, and send your change with the new ETag.",
  },
  ALREADY_PICKED_UP: {
    status: 409,
    title: "Already picked up",
    detail: "A courier already has the goods, so the order can no longer be cancelled.",
    mend: "Let it be delivered, or ask the carrier to bring it back.",
  },

  OFFER_NOT_FOUND: {
    status: 404,
    title: "Offer not found",
    detail: "There is no such offer, or it was not made to you.",
    mend: "GET /v1/offers lists the offers that wait for your answer.",
  },
  OFFER_TAKEN: {
    status: 409,
    title: "Offer already answered",
    detail: (f) => `The offer is ${String(f["state"])} already.`,
    mend: "Nothing is to be done; look at the leg to see who carries it.",
  },
  OFFER_EXPIRED_ALREADY: {
    status: 409,
    title: "Offer expired",
    detail: (f) => `The offer expired at ${String(f["expiredAt"])}.`,
    mend: "Answer sooner; if nobody else takes the leg it may be offered again.",
  },

  NOT_A_CARRIER: {
    status: 403,
    title: "Not a carrier",
    detail: "This participant has no couriers of its own.",
    mend: "Ask as a participant with the role carrier.",
  },
  COURIER_NOT_FOUND: {
    status: 404,
    title: "Courier not found",
    detail: "There is no such courier, or it is not yours to see.",
    mend: "GET /v1/couriers lists your couriers.",
  },
  SHIFT_NOT_FOUND: {
    status: 404,
    title: "Shift not found",
    detail: "There is no such shift, or it is not yours to see.",
    mend: "GET /v1/shifts lists your shifts.",
  },
  SHIFT_ENDS_BEFORE_IT_STARTS: {
    status: 422,
    title: "Shift reversed",
    detail: "The shift ends before it starts.",
    mend: "Swap startsAt and endsAt.",
  },
  SHIFT_TOO_LONG: {
    status: 422,
    title: "Shift too long",
    detail: (f) => `A shift may last ${String(f["limit_h"])} hours at most.`,
    mend: "Split it into two shifts with a rest between them.",
  },
  SHIFTS_OVERLAP: {
    status: 409,
    title: "Shifts overlap",
    detail: (f) => `The courier already works at that time, in ${String(f["with"])}.`,
    mend: "Choose another time or another courier.",
  },
  SHIFT_NOT_STARTABLE: {
    status: 409,
    title: "Shift not startable",
    detail: (f) => `The shift is ${String(f["state"])}.`,
    mend: "Only a planned shift can be started, and only one on duty can be ended.",
  },
  STOPS_LEFT: {
    status: 409,
    title: "Stops left",
    detail: (f) => `The route still has ${String(f["stops"])} stops with goods on board or promised.`,
    mend: "Serve them, or let the legs be given to somebody else first.",
  },

  LEG_NOT_FOUND: {
    status: 404,
    title: "Leg not found",
    detail: "There is no such leg, or it is not yours to see.",
    mend: "Check the id; the order's legs are under GET /v1/orders/:id/legs.",
  },
  NOT_YOUR_LEG: {
    status: 403,
    title: "Not your leg",
    detail: "Another carrier carries this leg.",
    mend: "Report only legs that are assigned to you.",
  },
  ILLEGAL_TRANSITION: {
    status: 409,
    title: "Not possible from here",
    detail: (f) => `A leg that is ${String(f["from"])} cannot become ${String(f["to"])}.`,
    mend: (f) => {
      const allowed = (f["allowed"] as readonly string[] | undefined) ?? [];
      return allowed.length > 0 ? `It may become: ${allowed.join(", ")}.` : "It is over: nothing follows.";
    },
  },
  PROOF_MISSING: {
    status: 422,
    title: "Proof missing",
    detail: "A hand-over needs a proof.",
    mend: "Send `proof` with a photo, a signature, a PIN or the name of who took it.",
  },
  REASON_MISSING: {
    status: 422,
    title: "Reason missing",
    detail: "A failed try needs its reason.",
    mend: "Send `reason`, e.g. nobody_home.",
  },

  NOT_TO_BE_LEFT: {
    status: 409,
    title: "Not to be left",
    detail: (f) =>
      f["why"] === "not_tried"
        ? "Nobody was tried yet: a safe place is for what could not be handed over."
        : "This order is handed to a person, or comes back: it is not left in a safe place.",
    mend: (f) =>
      f["why"] === "not_tried"
        ? "Report the failed try first (dropoff_failed with its reason), then where it was left."
        : "Report dropoff_failed; the way back begins by itself.",
  },

  POSITION_IN_THE_FUTURE: {
    status: 422,
    title: "Position in the future",
    detail: (f) => `The position is ${String(f["by_s"])} s ahead of our clock.`,
    mend: "Set the device's clock, or leave `at` out.",
  },
  POSITION_OUT_OF_ORDER: {
    status: 409,
    title: "Position out of order",
    detail: "A newer position of this courier is known already.",
    mend: "Nothing is to be done; send positions oldest first.",
  },
  OFF_DUTY: {
    status: 409,
    title: "Off duty",
    detail: "The courier has no running shift, and nobody off duty is followed.",
    mend: "Start the shift first.",
  },

  WEBHOOK_UNSIGNED: {
    status: 401,
    title: "Webhook unsigned",
    detail: "The webhook carries no signature.",
    mend: "Set the signing secret on the platform's side and on ours.",
  },
  WEBHOOK_FORGED: {
    status: 401,
    title: "Webhook not believed",
    detail: "The webhook's signature does not match its body.",
    mend: "Compare the signing secret on both sides; a proxy must pass the body through unchanged.",
  },
  WEBHOOK_STALE: {
    status: 400,
    title: "Webhook too old",
    detail: "The webhook was signed too long ago.",
    mend: "Set the clocks on both sides; the platform will send it again.",
  },
  WEBHOOK_GARBAGE: {
    status: 400,
    title: "Webhook not understood",
    detail: "The webhook is signed, but its body is not what the platform's documentation describes.",
    mend: "Look at Connections for what was not understood, and report it.",
  },
};

const entries: Readonly<Record<Code, Entry>> = { ...journeyEntries, ...doorEntries };
/** Every code, for the test that compares them with docs/refusals.md. */
export const codes = Object.keys(entries) as readonly Code[];
export const entryOf = (code: Code): Entry => entries[code];

/** Facts that are instants inside; people and programs read RFC 3339. */
const instants = new Set(["latest", "now", "earliestPossible", "expiredAt"]);

const tell = (what: Entry["detail"], facts: Facts): string => (typeof what === "string" ? what : what(facts));

/** What happened, how to mend it, and the facts: for one row of many. */
export function rowProblem(refusal: { readonly code: Code }): RowProblem {
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(refusal))
    facts[name] = instants.has(name) && typeof value === "number" ? toIso(instant(value)) : value;
  const entry = entries[refusal.code];
  return { ...facts, code: refusal.code, detail: tell(entry.detail, facts), mend: tell(entry.mend, facts) };
}

/** The whole answer, RFC 9457. `type` is a path below the public URL: relative, so that it holds behind any proxy. */
export function problemOf(refusal: { readonly code: Code }): Problem {
  const { status, title } = entries[refusal.code];
  return { ...rowProblem(refusal), type: `/docs/refusals#${refusal.code.toLowerCase()}`, title, status };
}

/** Leaves a handler with a refusal; the app's error handler answers it. Only doors throw these. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: { readonly code: Code };
  constructor(refusal: { readonly code: Code } & Facts) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The value, or out with the refusal. */
export function must<Value>(
  result:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly refusal: { readonly code: Code } },
): Value {
  if (result.ok) return result.value;
  throw new Refused(result.refusal);
}
