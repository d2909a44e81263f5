import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import { instant, type Instant } from "../../../kernel/quantity.ts";
import { majorUnits } from "../shared/amount.ts";
import type { Answer } from "../shared/http.ts";
import { digest, number, object, objects, pointIn, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import type { GrabSettings } from "./settings.ts";
import type { GrabDelivery } from "./wire.ts";
import { errors, reasons, statuses, type Standing } from "./words.ts";

/** Grab's quotes have no id and hold nothing: our key names the one of our service. Null when there is none. */
export function toPlatformQuote(json: Json, key: string, { serviceType }: GrabSettings): PlatformQuote | null {
  const all = objects(json, "quotes");
  const ours = all.find((one) => text(object(one, "service"), "type") === serviceType) ?? all[0];
  const price = ours ? toPrice(ours) : null;
  if (!ours || price === null) return null;
  const timeline = object(ours, "estimatedTimeline");
  return {
    reference: key,
    price,
    pickupAt: time(timeline, "pickup"),
    dropoffAt: time(timeline, "dropoff"),
    expiresAt: null,
  };
}

/** Major units. */
const toPrice = (quote: Json): Money | null => majorUnits(quote["amount"], text(object(quote, "currency"), "code"));

/** What earlier words told of a delivery: an answer has no proof, a webhook no history. */
export interface Earlier {
  readonly fetched: boolean;
  readonly proof: string | null;
}

/** A delivery in our words, from an answer or a webhook: they share most names. */
export function toReport(
  { id, status, all }: GrabDelivery,
  earlier: Earlier,
  now: Instant,
  settings: GrabSettings,
): DeliveryReport {
  const [stamp, timeline] = [number(all, "timestamp"), object(all, "timeline")];
  const standing = standingOf(status, all, earlier, settings);
  return {
    reference: id,
    key: text(all, "merchantOrderID"),
    message: stamp === null ? digest(all) : `${id}:${status}:${stamp}`,
    at: stamp === null ? now : instant(Math.round(stamp * 1000)),
    ...standing,
    leftSafe: false,
    price: toPrice(object(all, "quote")),
    pickupAt: time(timeline, "pickup"),
    dropoffAt: time(timeline, "completed") ?? time(timeline, "dropoff"),
    courier: toCourier(all),
    proof: text(all, "dropoffProofURL") ?? earlier.proof,
    tracking: text(all, "trackingURL") ?? text(all, "trackURL"),
  };
}

/** Whether a delivery says of itself that a courier has had the goods. */
export const isFetched = ({ status, all }: GrabDelivery): boolean =>
  ["PENDING_DROP_OFF", "IN_DELIVERY", "COMPLETED"].includes(status) || text(all, "pickupProofURL") !== null;

function standingOf(
  status: string,
  all: Json,
  { fetched }: Earlier,
  { inDelivery }: GrabSettings,
): Standing & Pick<DeliveryReport, "reason" | "unknown"> {
  const known = statuses[status];
  if (!known) {
    const unknown = [unknownWord("status", status)];
    return { state: null, returning: false, returned: false, reason: null, unknown };
  }
  const [reason, unknown] = toReason(all);
  if (known.state === "cancelled")
    return { ...known, state: fetched ? "dropoff_failed" : "cancelled", reason, unknown };
  if (known.state === "at_dropoff") return { ...known, state: inDelivery, reason: null, unknown };
  return { ...known, reason: known.state === "dropoff_failed" ? reason : null, unknown };
}

/** `6|Could not find driver`: the number is the word. */
function toReason(all: Json): readonly [NonNullable<DeliveryReport["reason"]>, readonly string[]] {
  const said = text(all, "failedReason") ?? text(object(all, "advanceInfo"), "failedReason");
  if (said === null) return ["other", []];
  const [word = ""] = said.split("|");
  const known = reasons[word];
  return [known ?? "other", known ? [] : [unknownWord("failedReason", /^\d{1,6}$/.test(word) ? word : "(text)")]];
}

/** An answer calls the courier so, a webhook the driver. */
function toCourier(all: Json): DeliveryReport["courier"] {
  const [courier, driver] = [object(all, "courier"), object(all, "driver")];
  const name = text(courier, "name") ?? text(driver, "name");
  const phone = text(courier, "phone") ?? text(driver, "phone");
  const point =
    pointIn(object(courier, "coordinates"), "latitude", "longitude") ?? pointIn(driver, "currentLat", "currentLng");
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

/** Only messages that the table holds are words; any other is a free text, which is left. */
export function toNo(answer: Answer): ReadNo {
  const said = text(answer.json, "message")?.toLowerCase().replace(/\.$/, "") ?? null;
  return readNo(answer, said !== null && said in errors ? said : null, errors);
}
