import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { majorUnits } from "../shared/amount.ts";
import type { Answer } from "../shared/http.ts";
import { digest, idText, object, objects, pointIn, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import type { RoadieShipment } from "./wire.ts";
import { errors, events, states, type Standing } from "./words.ts";

/** An estimate has no id and holds nothing: our key names it. Dollars. */
export function toPlatformQuote(json: Json, key: string): PlatformQuote | null {
  const price = majorUnits(json["price"], "USD");
  return price && { reference: key, price, pickupAt: null, dropoffAt: null, expiresAt: null };
}

export function toReport({ id, state, all }: RoadieShipment, now: Instant): DeliveryReport {
  const happened = objects(all, "events").toSorted(
    (a, b) => (time(a, "occurred_at") ?? 0) - (time(b, "occurred_at") ?? 0),
  );
  const tracking = text(all, "tracking_number");
  return {
    reference: id,
    key: text(all, "reference_id"),
    message: digest(all),
    at: time(all, "updated_at") ?? now,
    ...standingOf(state, happened),
    leftSafe: false,
    price: majorUnits(all["price"], "USD"),
    pickupAt: timeOf(happened, "picked_up"),
    dropoffAt: timeOf(happened, "handed_over"),
    courier: toCourier(object(all, "driver"), happened),
    proof: text(all, "signatory_name"),
    tracking: tracking === null ? null : `https://track.roadie.com/id/${encodeURIComponent(tracking)}`,
  };
}

const nameOf = (event: Json): string => (text(event, "name") ?? "").replace(/^shipment\./, "");

const timeOf = (happened: readonly Json[], state: DeliveryReport["state"]): Instant | null => {
  const event = happened.find((one) => events[nameOf(one)]?.state === state);
  return event ? time(event, "occurred_at") : null;
};

type Told = Standing & Pick<DeliveryReport, "reason" | "unknown">;

/** The state where it says enough, else the last event that the table holds. Events that it does not hold are pings and notices. */
function standingOf(state: string, happened: readonly Json[]): Told {
  const known = states[state] ?? events[state];
  const last = happened.findLast((event) => nameOf(event) in events);
  const standing = known && known.state !== null ? known : last ? events[nameOf(last)] : undefined;
  const fetched = happened.some((event) => events[nameOf(event)]?.state === "picked_up");
  const unknown = known ? [] : [unknownWord("state", state)];
  return standingIn(standing ?? (known ? { ...known, state: "assigned" } : undefined), fetched, unknown);
}

/** What is canceled with its goods fetched has failed at the door. */
export function standingIn(standing: Standing | undefined, fetched: boolean, unknown: readonly string[]): Told {
  if (!standing) return { state: null, returning: false, returned: false, reason: null, unknown };
  const state = standing.state === "cancelled" && fetched ? "dropoff_failed" : standing.state;
  const over = state === "cancelled" || state === "dropoff_failed";
  return { ...standing, state, reason: over ? "other" : null, unknown };
}

export function toCourier(driver: Json, happened: readonly Json[]): DeliveryReport["courier"] {
  const [name, phone] = [text(driver, "name"), text(driver, "phone")];
  const point =
    happened
      .map((event) => pointIn(object(event, "location"), "latitude", "longitude"))
      .findLast((one) => one !== null) ?? null;
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

/** Codes are numbers; the fields that an error names are told, its sentence is not. */
export function toNo(answer: Answer): ReadNo {
  const all = objects(answer.json, "errors");
  const fields = all.flatMap((one) => text(one, "parameter") ?? []);
  return readNo(answer, all.map((one) => idText(one, "code")).find((code) => code !== null) ?? null, errors, fields);
}
