import type { SnapRefusal } from "../../../domain/index.ts";
import type { ChangeRefusal, IntakeRefusal } from "../../../journey/intake/index.ts";
import type { Entry, Facts } from "./entry.ts";

/** Why an order does not enter, is not changed, or has nowhere to go. */
export type OrderCode = (IntakeRefusal | ChangeRefusal | SnapRefusal)["code"];

const near = (facts: Facts): string =>
  facts["nearest"] === null ? "the city has none" : `the nearest is ${String(facts["nearest"])} m away`;

const street = (facts: Facts): string => (facts["road"] === null ? "a road without a name" : String(facts["road"]));

const closedBecause: Readonly<Record<string, string>> = {
  kind: "it is not for this kind of vehicle",
  access: "a sign closes it",
  size: "the vehicle is too big, too heavy or carries dangerous goods",
  zone: "a zone does not let the vehicle in",
  island: "it is cut off from the other roads",
  hour: "it is closed at this hour",
  closure: "a closure shuts it or cuts it off",
  passing: "nobody stops there",
};

export const orderEntries: Readonly<Record<OrderCode, Entry>> = {
  NOT_A_SHIPPER: {
    status: 403,
    title: "Not a shipper",
    detail: "This participant does not place orders.",
    mend: "Place the order as a participant with the role shipper, or have the operator add the role.",
  },
  REFERENCE_TAKEN: {
    status: 409,
    title: "Reference taken",
    detail: (f) =>
      f["order"] === null
        ? "Another of these orders has this reference too; only the first would be taken."
        : `You have already used this reference, for order ${String(f["order"])}.`,
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
  READY_TOO_LONG_AGO: {
    status: 422,
    title: "Ready too long ago",
    detail: (f) => `The goods would have been ready more than ${String(f["limit_days"])} days ago.`,
    mend: "Check the date, or leave readyAt out for goods that are ready now.",
  },
  PHONE_WRONG: {
    status: 422,
    title: "Not a telephone number",
    detail: (f) => `${String(f["field"])} is not a telephone number.`,
    mend: "Give it with its country, as +351 912 345 678, or leave it out.",
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
    detail: (f) =>
      `The loaded city knows no address like the one in ${String(f["field"])}${f["outsideSilent"] === true ? ", and the address search outside did not answer" : ""}.`,
    mend: (f) => {
      if (f["outsideSilent"] === true) return "Send it again in a minute, or give the point [longitude, latitude].";
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
  POINT_ON_ISLAND: {
    status: 422,
    title: "Point on an island",
    detail: (f) =>
      `${f["field"] ? String(f["field"]) : "The point"} lies ${String(f["nearest"])} m from ${street(f)}, which is cut off from the city's roads.`,
    mend: "Move the point to a street that can be reached, such as the landing stage or the gate.",
  },
  POINT_ROADS_CLOSED: {
    status: 422,
    title: "Only closed roads near by",
    detail: (f) =>
      `Every road within ${String(f["limit"])} m of ${f["field"] ? String(f["field"]) : "the point"} is closed to it; the nearest is ${street(f)}, ${String(f["nearest"])} m away (${closedBecause[String(f["because"])] ?? ""}).`,
    mend: "Move the point to a street that is open, or send another vehicle.",
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
};
