import type { OrderDetail, TimelineEntry } from "../../../../src/doors/api/contract.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/locale.tsx";

/** What an event says in words, with the facts in it that a dispatcher asks for. */
export interface EventWords {
  readonly what: string;
  readonly more: string | null;
  /** How much it matters: what a person would tell on the phone is `main`. */
  readonly weight: "main" | "detail" | "bad";
}

const bad = new Set([
  "OfferRefused",
  "OfferExpired",
  "CarrierCancelled",
  "BookingRefused",
  "BookingUnknown",
  "DisruptionRaised",
  "FreshnessBreached",
  "LegCancelled",
]);
const main = new Set(["OrderPlaced", "OrderAccepted", "LegAssigned", "LegProgressed", "OrderClosed", "OrderEdited"]);

interface Names {
  readonly t: Text;
  readonly word: (list: string, value: string) => string;
  readonly known: (key: string) => key is MessageKey;
  /** Names of participants and couriers that occur in the order's record. */
  readonly names: ReadonlyMap<string, string>;
}

export function eventWords(entry: Pick<TimelineEntry, "name" | "data">, { t, word, known, names }: Names): EventWords {
  const key = `event.${entry.name}`;
  const what = known(key) ? t(key) : spaced(entry.name);
  const fact = (...fields: string[]): string | null =>
    fields.map((field) => entry.data[field]).find((value): value is string => typeof value === "string") ?? null;

  const to = fact("to", "state");
  const carrier = fact("carrier", "participant", "by");
  const courier = fact("courier");
  const reason = fact("reason", "why", "words");
  const parts = [
    entry.name === "LegProgressed" && to !== null ? null : to !== null && names.has(to) ? names.get(to)! : null,
    carrier === null ? null : (names.get(carrier) ?? null),
    courier === null ? null : (names.get(courier) ?? null),
    entry.name === "OrderClosed" && to !== null ? word("order", to) : null,
    reason === null ? null : word("reason", reason),
  ].filter((part) => part !== null);

  const failed = to === "pickup_failed" || to === "dropoff_failed" || entry.data["succeeded"] === false;
  return {
    what:
      (entry.name === "LegProgressed" || entry.name === "ParcelMoved") && to !== null
        ? word(entry.name === "ParcelMoved" ? "parcel" : "leg", to)
        : what,
    more: parts.length === 0 ? null : [...new Set(parts)].join(" · "),
    weight: bad.has(entry.name) || failed ? "bad" : main.has(entry.name) ? "main" : "detail",
  };
}

/** LegAssigned → Leg assigned: for an event that is younger than this console. */
const spaced = (name: string): string => {
  const words = name.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Everybody whose name the record tells. */
export function namesIn({
  order,
  legs,
  decisions,
  money,
}: Pick<OrderDetail, "order" | "legs" | "decisions" | "money">): ReadonlyMap<string, string> {
  const names = new Map<string, string>([[order.shipper.id, order.shipper.name]]);
  const tell = (id: string | null | undefined, name: string | null | undefined) =>
    void (id && name && names.set(id, name));
  for (const { assignment } of legs) {
    tell(assignment?.carrier.id, assignment?.carrier.name);
    tell(assignment?.courier, assignment?.courierName);
  }
  for (const { candidates } of decisions)
    for (const { carrier, courier, courierName } of candidates) {
      tell(carrier.id, carrier.name);
      tell(courier, courierName);
    }
  for (const { participant } of money) tell(participant.id, participant.name);
  return names;
}
