import type { OrderChanges, OrderRequest, PlaceRequest } from "../../journey/intake/index.ts";
import { isPoint, type Point } from "../../kernel/point.ts";
import { money } from "../../kernel/money.ts";
import { fromIso, grams, liters, type Instant } from "../../kernel/quantity.ts";
import type { TimeWindow } from "../../domain/index.ts";
import type { OrderBody, OrderPatch, PlaceBody } from "./contract.ts";
import { Refused } from "./problems.ts";

/** An instant whose form the contract has checked; a date that does not exist (31 February) is refused here. */
export function readInstant(text: string, field: string): Instant {
  const at = fromIso(text);
  if (at === null)
    throw new Refused({ code: "FIELD_WRONG", field, why: "must be a date and time that exists, with its offset" });
  return at;
}

export const readInstantOrNull = (text: string | null | undefined, field: string): Instant | null =>
  text === null || text === undefined ? null : readInstant(text, field);

type WindowBody =
  | { readonly earliest?: string | null | undefined; readonly latest?: string | null | undefined }
  | null
  | undefined;
const readWindow = (window: WindowBody, field: string): TimeWindow => ({
  earliest: readInstantOrNull(window?.earliest, `${field}.earliest`),
  latest: readInstantOrNull(window?.latest, `${field}.latest`),
});

export function readPoint(point: readonly [number, number], field: string): Point {
  if (!isPoint(point))
    throw new Refused({
      code: "FIELD_WRONG",
      field,
      why: "must be [longitude, latitude] in degrees: at most 180 and 90",
    });
  return [point[0], point[1]];
}

const readPlace = (place: PlaceBody, field: string): PlaceRequest => ({
  name: place.name.trim(),
  phone: place.phone ?? null,
  email: place.email ?? null,
  address: place.address?.trim() ?? null,
  point: place.point ? readPoint(place.point, `${field}.point`) : null,
  notes: place.notes ?? null,
});

/** `at` is the path of the body in the request, e.g. `orders[3].`, so that a refusal names the field as it was sent. */
export function readOrder(body: OrderBody, at = ""): OrderRequest {
  if (body.value) checkCurrency(body.value.currency, `${at}value.currency`);
  return {
    reference: body.reference?.trim() ?? null,
    pickup: readPlace(body.pickup, `${at}pickup`),
    dropoff: readPlace(body.dropoff, `${at}dropoff`),
    pickupWindow: readWindow(body.pickupWindow, `${at}pickupWindow`),
    dropoffWindow: readWindow(body.dropoffWindow, `${at}dropoffWindow`),
    readyAt: readInstantOrNull(body.readyAt, `${at}readyAt`),
    parcels: body.parcels.map((parcel) => ({
      weight: grams(parcel.weightGrams),
      volume: liters(parcel.volumeLiters ?? 1),
      contents: parcel.contents ?? null,
    })),
    value: body.value ? money(body.value.amount, body.value.currency) : null,
    requirements: body.requirements ?? [],
    serviceLevel: body.serviceLevel ?? null,
    ifUndeliverable: body.ifUndeliverable ?? "return",
  };
}

const currencies = new Set(Intl.supportedValuesOf("currency"));
export const isCurrency = (code: string): boolean => currencies.has(code);
function checkCurrency(currency: string, field: string): void {
  if (!isCurrency(currency)) throw new Refused({ code: "VALUE_CURRENCY_WRONG", field, currency });
}

export function readChanges(patch: OrderPatch): OrderChanges {
  const changes: OrderChanges = {
    ...(patch.readyAt === undefined ? {} : { readyAt: readInstant(patch.readyAt, "readyAt") }),
    ...(patch.dropoffWindow === undefined ? {} : { dropoffWindow: readWindow(patch.dropoffWindow, "dropoffWindow") }),
    ...(patch.dropoffNotes === undefined ? {} : { dropoffNotes: patch.dropoffNotes }),
    ...(patch.dropoffPhone === undefined ? {} : { dropoffPhone: patch.dropoffPhone }),
  };
  if (Object.keys(changes).length === 0) throw new Refused({ code: "NOTHING_TO_CHANGE" });
  return changes;
}
