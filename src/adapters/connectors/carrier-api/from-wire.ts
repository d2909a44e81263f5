import type { DeliveryReport, FailureReason } from "../../../domain/index.ts";
import type { PlatformQuote, PlatformRefusal } from "../../../journey/dispatch/ports.ts";
import { money, type Money } from "../../../kernel/money.ts";
import { isPoint, type Point } from "../../../kernel/point.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { outage, refuse, type Outage, type Result } from "../../../kernel/result.ts";
import type { Answer } from "../shared/http.ts";
import { digest, object, text, time, unknownWord, whole, type Json } from "../shared/reading.ts";
import type { WireDelivery } from "./wire.ts";
import { errors, reasons, states } from "./words.ts";

/** Null when the answer has no id or no price. */
export function toPlatformQuote(json: Json): PlatformQuote | null {
  const [reference, price] = [text(json, "id"), toPrice(json)];
  if (reference === null || price === null) return null;
  return {
    reference,
    price,
    pickupAt: time(json, "pickupAt"),
    dropoffAt: time(json, "dropoffAt"),
    expiresAt: time(json, "expiresAt"),
  };
}

function toPrice(from: Json): Money | null {
  const price = object(from, "price");
  const [amount, currency] = [whole(price, "amount"), text(price, "currency")];
  return amount === null || currency === null || !/^[A-Z]{3}$/.test(currency) ? null : money(amount, currency);
}

export function toReport({ id, state, all }: WireDelivery, now: Instant): DeliveryReport {
  const standing = states[state];
  const reason = text(all, "reason");
  return {
    reference: id,
    key: text(all, "externalId"),
    // Its version grows with every change; a courier's position alone may move without one.
    message: `${id}:${whole(all, "version") ?? "-"}:${digest(all)}`,
    at: time(all, "changedAt") ?? now,
    state: standing?.state ?? null,
    returning: standing?.returning ?? false,
    returned: standing?.returned ?? false,
    leftSafe: all["leftSafe"] === true,
    reason: reason !== null && reasons.has(reason) ? (reason as FailureReason) : null,
    price: toPrice(all),
    pickupAt: time(all, "pickupAt"),
    dropoffAt: time(all, "dropoffAt"),
    courier: toCourier(object(all, "courier")),
    proof: text(object(all, "proof"), "value"),
    tracking: text(all, "tracking"),
    unknown: [
      ...(standing ? [] : [unknownWord("state", state)]),
      ...(reason === null || reasons.has(reason) ? [] : [unknownWord("reason", reason)]),
    ],
  };
}

function toCourier(courier: Json): DeliveryReport["courier"] {
  const found = { name: text(courier, "name"), phone: text(courier, "phone"), point: toPoint(courier) };
  return Object.values(found).every((one) => one === null) ? null : found;
}

function toPoint(courier: Json): Point | null {
  const point = object(courier, "position")["point"];
  return Array.isArray(point) && point.length === 2 && isPoint(point as [number, number])
    ? (point as [number, number])
    : null;
}

export interface ReadError {
  readonly answer: Result<never, PlatformRefusal> | Outage;
  readonly unknown: readonly string[];
}

/** A no: its code decides, else its status. Codes of a carrier's own are kept in words, and counted. */
export function toNo({ status, json }: Answer): ReadError {
  const code = text(json, "code");
  const known = code === null ? undefined : errors[code];
  const kind = known ?? byStatus(status);
  const words = [code ?? String(status), text(json, "field")].filter((one) => one !== null).join(" ");
  if (kind === "outage") return { answer: outage(words, true), unknown: [] };
  // Of what is only badly asked or not allowed the status says enough.
  const unknown = known || code === null || (status !== 409 && status !== 422) ? [] : [unknownWord("code", code)];
  return { answer: refuse({ code: kind, words, reference: null }), unknown };
}

function byStatus(status: number): PlatformRefusal["code"] | "outage" {
  if (status >= 500 || status === 408) return "outage";
  if (status === 401 || status === 403) return "NOT_ALLOWED";
  return status === 404 ? "UNKNOWN_DELIVERY" : "BAD_REQUEST";
}
