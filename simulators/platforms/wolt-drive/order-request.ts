import type { Point } from "../../../src/kernel/point.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Reading } from "../shared/reading.ts";
import { readWishes, type Wishes } from "./promise.ts";

/** What both ways of ordering say beside the two places. */
export interface OrderRequest {
  readonly reference: string | null;
  readonly orderNumber: string | null;
  readonly wantsPin: boolean;
  readonly cash: boolean;
  readonly pickupComment: string | null;
  readonly dropoffComment: string | null;
  readonly noContact: boolean;
  readonly parcels: readonly JsonObject[];
  readonly recipient: JsonObject | null;
  readonly support: JsonObject | null;
  readonly tip: number;
  readonly tips: readonly JsonObject[];
}

/** A venueful order: the promise, and the dropoff's coordinates as the promise gave them. */
export interface VenueOrder extends OrderRequest {
  readonly promiseId: string;
  readonly dropoff: Point;
  readonly price: { readonly amount: number; readonly currency: string };
}

/** A venueless one: both places in words, or by coordinates. */
export interface FreeOrder extends OrderRequest {
  readonly pickup: { readonly address: string; readonly given: Point | null };
  readonly dropoff: { readonly address: string; readonly given: Point | null };
  readonly wishes: Wishes;
}

const phone = /^\+[1-9]\d{6,14}$/;
const e164 = { required: true, pattern: phone, otherwise: "value is not a valid phone number" };

/** Null when anything is wrong; `reading.problems` tells what. */
export function readVenueOrder(reading: Reading): VenueOrder | null {
  const promiseId = reading.text("shipment_promise_id", { required: true });
  const price = required(reading, "price");
  const [amount, currency] = [
    price?.whole("amount", { required: true, min: 0 }),
    price?.text("currency", { required: true }),
  ];
  const recipient = required(reading, "recipient");
  recipient?.text("name", { required: true });
  recipient?.text("phone_number", e164);
  const pickup = reading.object("pickup");
  const dropoff = required(reading, "dropoff");
  const at = dropoff && readPoint(required(dropoff, "location"), true);
  const support = required(reading, "customer_support");
  const parcels = reading.list("parcels", { required: true });
  for (const parcel of parcels) parcel.whole("count", { required: true, min: 1 });
  const rest = {
    ...readRest(reading),
    pickupComment: pickup?.text("comment") ?? null,
    dropoffComment: dropoff?.text("comment") ?? null,
    noContact: dropoff?.object("options")?.flag("is_no_contact") ?? false,
    parcels: parcels.map(({ body }) => body),
    recipient: recipient?.body ?? null,
    support: support?.body ?? null,
  };
  if (reading.problems.size > 0 || !promiseId || !at || amount === null || amount === undefined || !currency)
    return null;
  return { ...rest, promiseId, dropoff: at, price: { amount, currency } };
}

export function readFreeOrder(reading: Reading): FreeOrder | null {
  const [pickup, dropoff] = [readEnd(reading, "pickup", true), readEnd(reading, "dropoff", true)];
  const contents = reading.list("contents", { required: true });
  for (const content of contents) content.whole("count", { required: true, min: 1 });
  const support = required(reading, "customer_support");
  const wishes = readWishes(reading);
  const rest = {
    ...readRest(reading),
    pickupComment: reading.object("pickup")?.text("comment") ?? null,
    dropoffComment: reading.object("dropoff")?.text("comment") ?? null,
    noContact: reading.flag("is_no_contact") ?? false,
    parcels: contents.map(({ body }) => body),
    recipient: reading.object("dropoff")?.object("contact_details")?.body ?? null,
    support: support?.body ?? null,
  };
  return reading.problems.size > 0 ? null : { ...rest, pickup, dropoff, wishes };
}

/** One end of the venueless flow; the contact is needed to order, not to ask the fee. */
export function readEnd(reading: Reading, name: "pickup" | "dropoff", withContact: boolean): FreeOrder["pickup"] {
  const end = required(reading, name);
  const location = end && required(end, "location");
  const contact = withContact && end ? required(end, "contact_details") : null;
  contact?.text("name", { required: true });
  contact?.text("phone_number", e164);
  contact?.flag("send_tracking_link_sms");
  const given = readPoint(location, false);
  return { address: location?.text("formatted_address", { required: given === null }) ?? "", given };
}

function readRest(reading: Reading) {
  const tips = reading.list("tips");
  const amounts = tips.map((tip) => tip.object("price")?.whole("amount", { required: true, min: 0 }) ?? 0);
  return {
    reference: reading.text("merchant_order_reference_id"),
    orderNumber: reading.text("order_number"),
    wantsPin: reading.object("handshake_delivery")?.flag("is_required") ?? false,
    cash: reading.has("cash"),
    tip: amounts.reduce((sum, amount) => sum + amount, 0),
    tips: tips.map(({ body }) => body),
  };
}

function readPoint(location: Reading | null, isRequired: boolean): Point | null {
  const at = location && (isRequired ? required(location, "coordinates") : location.object("coordinates"));
  const lat = at?.number("lat", { required: true, min: -90, max: 90 });
  const lon = at?.number("lon", { required: true, min: -180, max: 180 });
  return typeof lat === "number" && typeof lon === "number" ? [lon, lat] : null;
}

const required = (reading: Reading, name: string): Reading | null =>
  reading.object(name) ?? (reading.has(name) ? null : reading.wrong(name, `${name} is required`));
