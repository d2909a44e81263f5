import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";

export interface Location {
  /** The parts in one line, as the place is looked up. */
  readonly line: string;
  readonly given: Point | null;
  readonly body: JsonObject;
}

/** What an estimate needs: places, times, things. */
export interface EstimateRequest {
  readonly items: readonly JsonObject[];
  readonly pickup: Location;
  readonly delivery: Location;
  readonly after: Instant;
  readonly until: Instant;
}

export interface ShipmentRequest extends EstimateRequest {
  readonly reference: string;
  readonly key: string | null;
  readonly description: string | null;
  readonly alternates: readonly [string | null, string | null];
  readonly options: JsonObject;
  readonly signature: boolean;
  readonly extra: Minor;
}

const digits10 = /^\d{10}$/;

/** Null when anything is wrong; `reading.problems` tells what. */
export function readEstimate(reading: Reading, now: Instant, withContacts = false): EstimateRequest | null {
  const items = reading.list("items", { required: true }).map(readItem);
  const [pickup, delivery] = ["pickup_location", "delivery_location"].map((name) =>
    readLocation(reading, name, withContacts),
  );
  const after = reading.instant("pickup_after");
  if (after === null && !reading.has("pickup_after")) reading.wrong("pickup_after", "pickup_after is required");
  const window = reading.object("deliver_between") ?? new Reading({}, reading.problems, "deliver_between.");
  const [start, end] = [window.instant("start"), window.instant("end")];
  for (const name of ["start", "end"]) if (!window.has(name)) window.wrong(name, `${name} is required`);
  if (start !== null && end !== null && end <= start) window.wrong("end", "end must be after start");
  if (end !== null && end <= now) window.wrong("end", "end must be in the future");
  if (!pickup || !delivery || after === null || end === null || reading.problems.size > 0) return null;
  return { items, pickup, delivery, after, until: end };
}

export function readShipment(reading: Reading, now: Instant): ShipmentRequest | null {
  const estimate = readEstimate(reading, now, true);
  const reference = reading.text("reference_id", { required: true, max: 100 });
  const options = reading.object("options") ?? new Reading({}, reading.problems, "options.");
  const signature = options.flag("signature_required");
  if (!options.has("signature_required")) options.wrong("signature_required", "signature_required is required");
  for (const name of ["notifications_enabled", "over_21_required", "trailer_required", "decline_insurance"])
    options.flag(name);
  const extra = options.number("extra_compensation", { min: 0 }) ?? 0;
  const rest = {
    key: reading.text("idempotency_key"),
    description: reading.text("description", { max: 600 }),
    alternates: [reading.text("alternate_id_1"), reading.text("alternate_id_2")] as const,
    options: options.body,
    signature: signature ?? false,
    extra: minor(Math.round(extra * 100)),
  };
  return estimate && reference !== null && reading.problems.size === 0 ? { ...estimate, ...rest, reference } : null;
}

/** Inches and pounds. */
function readItem(item: Reading): JsonObject {
  for (const side of ["length", "width", "height", "weight"]) item.number(side, { required: true, min: 0 });
  item.whole("quantity", { required: true, min: 1 });
  item.number("value", { required: true, min: 0 });
  item.text("description", { max: 200 });
  item.text("reference_id", { max: 100 });
  return item.body;
}

function readLocation(reading: Reading, name: string, withContact: boolean): Location | null {
  const location = reading.object(name) ?? (reading.has(name) ? null : reading.wrong(name, `${name} is required`));
  if (location === null) return null;
  const address =
    location.object("address") ?? (location.has("address") ? null : location.wrong("address", "address is required"));
  const part = (field: string, max: number, required = true): string => address?.text(field, { required, max }) ?? "";
  const [street, city, state, zip] = [part("street1", 200), part("city", 100), part("state", 2), part("zip", 10)];
  const contact = location.object("contact");
  if (withContact && !location.has("contact")) location.wrong("contact", "contact is required");
  contact?.text("name", { required: true, max: 200 });
  contact?.text("phone", { required: true, pattern: digits10, otherwise: "phone must have 10 digits" });
  location.text("notes", { max: 500 });
  const latitude = address?.number("latitude", { min: -90, max: 90 });
  const longitude = address?.number("longitude", { min: -180, max: 180 });
  const given: Point | null =
    typeof latitude === "number" && typeof longitude === "number" ? [longitude, latitude] : null;
  return { line: [street, city, `${state} ${zip}`.trim()].filter(Boolean).join(", "), given, body: location.body };
}
