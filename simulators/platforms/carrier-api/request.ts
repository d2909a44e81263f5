import { isPoint, type Point } from "../../../src/kernel/point.ts";
import type { Instant } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";

interface Stop {
  readonly point: Point;
  readonly name: string;
  readonly notes: string | null;
}

/** A delivery as it is asked for, read and valid; of a quote the names are missing. */
export interface Wanted {
  readonly externalId: string;
  readonly quote: string | null;
  readonly pickup: Stop;
  readonly dropoff: Stop;
  readonly readyAt: Instant | null;
  readonly mayBeLeft: boolean;
}

const stopFields = ["address", "point", "window", "name", "phone", "notes"];
const quoteFields = ["pickup", "dropoff", "readyAt", "parcels", "value", "requirements", "ifUndeliverable"];
const inPerson = ["age_check", "signature", "pin"];

/** What is wanted, or everything that is wrong with how it is asked, by field. */
export function readWanted(body: JsonObject, isQuote: boolean): Wanted | ReadonlyMap<string, string> {
  const reading = new Reading(body);
  only(reading, isQuote ? quoteFields : ["externalId", "quote", ...quoteFields], "");
  const externalId = isQuote
    ? ""
    : reading.text("externalId", { required: true, pattern: /^[\w-]{1,64}$/, otherwise: "1 to 64 of A-Z a-z 0-9 _ -" });
  const [pickup, dropoff] = [readStop(reading, "pickup", isQuote), readStop(reading, "dropoff", isQuote)];
  for (const parcel of reading.list("parcels", { required: true })) {
    parcel.whole("weightGrams", { required: true, min: 0 });
    parcel.whole("volumeLiters", { required: true, min: 0 });
  }
  const wish = reading.oneOf("ifUndeliverable", ["return", "leave_safe"]);
  if (wish === null) reading.wrong("ifUndeliverable", "is required");
  const readyAt = reading.instant("readyAt");
  const asked = Array.isArray(body["requirements"]) ? (body["requirements"] as unknown[]) : [];
  const quote = reading.text("quote", { max: 500 });
  if (reading.problems.size > 0 || !pickup || !dropoff || externalId === null) return reading.problems;
  const mayBeLeft = wish === "leave_safe" && !asked.some((one) => inPerson.includes(String(one)));
  return { externalId, quote, pickup, dropoff, readyAt, mayBeLeft };
}

/** Fields of a change that are known here; everything wrong with it otherwise. */
export function readChange(body: JsonObject): { readonly notes: string | null } | ReadonlyMap<string, string> {
  const reading = new Reading(body);
  only(reading, ["dropoffNotes", "dropoffPhone", "dropoffWindow", "readyAt"], "");
  const notes = reading.text("dropoffNotes", { max: 1000 });
  reading.text("dropoffPhone", { max: 40 });
  reading.instant("readyAt");
  return reading.problems.size > 0 ? reading.problems : { notes };
}

function readStop(parent: Reading, name: "pickup" | "dropoff", isQuote: boolean): Stop | null {
  const stop = parent.object(name);
  if (stop === null) return parent.has(name) ? null : parent.wrong(name, "is required");
  only(stop, isQuote ? stopFields.slice(0, 3) : stopFields, `${name}.`);
  stop.text("address", { required: true, max: 300 });
  const { point } = stop.body;
  const isPlace = Array.isArray(point) && point.length === 2 && isPoint(point as [number, number]);
  if (!isPlace) stop.wrong("point", "must be [longitude, latitude]");
  const who = isQuote ? "" : stop.text("name", { required: true, max: 200 });
  const notes = stop.text("notes", { max: 1000 });
  return isPlace && who !== null ? { point: point as [number, number], name: who, notes } : null;
}

function only(reading: Reading, fields: readonly string[], below: string): void {
  for (const name of Object.keys(reading.body))
    if (!fields.includes(name)) reading.wrong(name, `${below}${name} is unknown`);
}
