import type { Leg, Order, Place, Sealed } from "../../domain/index.ts";
import type { ParcelId } from "../../kernel/id.ts";
import { toLocal } from "../../kernel/local-time.ts";
import { toIso, type Instant } from "../../kernel/quantity.ts";

/** One event of GS1 EPCIS 2.0 in JSON-LD; the words are CBV 2.0's. */
export interface EpcisEvent {
  readonly type: "ObjectEvent" | "AggregationEvent";
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
  readonly action: "OBSERVE" | "ADD" | "DELETE";
  readonly bizStep: string;
  readonly disposition: string;
  readonly readPoint: { readonly id: string };
  readonly bizTransactionList: readonly { readonly type: "bol"; readonly bizTransaction: string }[];
  readonly epcList?: readonly string[];
  readonly parentID?: string;
  readonly childEPCs?: readonly string[];
  readonly sourceList?: readonly { readonly type: "possessing_party"; readonly source: string }[];
  readonly destinationList?: readonly { readonly type: "possessing_party"; readonly destination: string }[];
}

/** A document of such events, as the official schema (gs1.github.io/EPCIS/EPCIS-JSON-Schema.json) has it. */
export interface EpcisDocument {
  readonly "@context": readonly string[];
  readonly type: "EPCISDocument";
  readonly schemaVersion: "2.0";
  readonly creationDate: string;
  readonly epcisBody: { readonly eventList: readonly EpcisEvent[] };
}

const context = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

export const epcisDocument = (events: readonly EpcisEvent[], now: Instant): EpcisDocument => ({
  "@context": [context],
  type: "EPCISDocument",
  schemaVersion: "2.0",
  creationDate: toIso(now),
  epcisBody: { eventList: events },
});

type Words = Pick<EpcisEvent, "bizStep" | "disposition">;

/**
 * What an event of ours is in EPCIS: parcels, where and in which business step; nothing for most, which are about offers and prices.
 * Places are cells, never addresses; ids are addresses below `base` (as `https://example.org/v1`), because they are nobody's GS1 keys.
 * There is no `delivering` in CBV: handing over is unloading, then receiving. Several are written in the order in which they happen.
 */
export function toEpcis(sealed: Sealed, order: Order, leg: Leg | null, base: string): readonly EpcisEvent[] {
  const { event } = sealed;
  const say = teller(sealed, order, leg, base);
  const parcels = leg?.parcels ?? order.parcels.map(({ id }) => id);
  switch (event.type) {
    case "OrderAccepted":
      return [say.of(parcels, order.pickup, { bizStep: "staging_outbound", disposition: "in_progress" })];
    case "ParcelMoved":
      // Custody passes at the pickup; where parcels end, the hand-over tells it.
      if (event.from !== "expected" || event.to !== "in_custody" || event.holder.kind === "recipient") return [];
      return [
        say.handed(
          [event.parcel],
          order.pickup,
          { bizStep: "accepting", disposition: "in_transit" },
          order.shipper,
          event.holder.participant,
        ),
      ];
    case "LegOpened":
      return leg?.kind === "return"
        ? [say.of(parcels, leg.from, { bizStep: "shipping", disposition: "returned" })]
        : [];
    case "LegProgressed":
      return leg ? progressed(event.to, leg, parcels, say) : [];
    case "OrderClosed":
      return event.state === "cancelled"
        ? [say.of(parcels, order.pickup, { bizStep: "void_shipping", disposition: "in_progress" })]
        : [];
    default:
      return [];
  }
}

function progressed(
  to: Leg["state"],
  leg: Leg,
  parcels: readonly ParcelId[],
  say: ReturnType<typeof teller>,
): readonly EpcisEvent[] {
  const disposition = leg.kind === "return" ? "returned" : "in_transit";
  switch (to) {
    case "at_pickup":
      return [say.ofLeg(leg, { bizStep: "arriving", disposition: "active" })];
    case "picked_up":
      return [say.loading("ADD", leg, parcels, leg.from, { bizStep: "loading", disposition })];
    case "en_route_to_dropoff":
      return [say.of(parcels, leg.from, { bizStep: "departing", disposition })];
    case "at_dropoff":
      return [say.of(parcels, leg.to, { bizStep: "arriving", disposition })];
    case "handed_over":
      return [
        say.loading("DELETE", leg, parcels, leg.to, { bizStep: "unloading", disposition }),
        say.of(
          parcels,
          leg.to,
          { bizStep: "receiving", disposition: leg.kind === "return" ? "returned" : "in_progress" },
          "-2",
        ),
      ];
    default:
      return [];
  }
}

function teller({ id, at, order }: Sealed, { pickup }: Order, leg: Leg | null, base: string) {
  const uri = (kind: string, name: string): string => `${base}/${kind}/${name}`;
  const common = (place: Place, words: Words, suffix: string) => ({
    eventID: uri("events", id + suffix),
    eventTime: toIso(at),
    eventTimeZoneOffset: offsetAt(at, (leg?.from ?? pickup).zone),
    ...words,
    readPoint: { id: uri("cells", place.cell) },
    bizTransactionList: [{ type: "bol" as const, bizTransaction: uri("orders", order) }],
  });
  const epcs = (parcels: readonly ParcelId[]): readonly string[] => parcels.map((parcel) => uri("parcels", parcel));
  return {
    of: (parcels: readonly ParcelId[], place: Place, words: Words, suffix = ""): EpcisEvent => ({
      ...{ type: "ObjectEvent", ...common(place, words, suffix) },
      ...{ action: "OBSERVE", epcList: epcs(parcels) },
    }),
    handed: (parcels: readonly ParcelId[], place: Place, words: Words, from: string, to: string): EpcisEvent => ({
      ...{ type: "ObjectEvent", ...common(place, words, "") },
      ...{ action: "OBSERVE", epcList: epcs(parcels) },
      sourceList: [{ type: "possessing_party", source: uri("participants", from) }],
      destinationList: [{ type: "possessing_party", destination: uri("participants", to) }],
    }),
    /** What carries them has no id that outsiders know: the leg stands for it. */
    ofLeg: ({ id: carrier, from }: Leg, words: Words): EpcisEvent => ({
      ...{ type: "ObjectEvent", ...common(from, words, "") },
      ...{ action: "OBSERVE", epcList: [uri("legs", carrier)] },
    }),
    loading: (
      action: "ADD" | "DELETE",
      { id: parent }: Leg,
      parcels: readonly ParcelId[],
      place: Place,
      words: Words,
    ): EpcisEvent => ({
      ...{ type: "AggregationEvent", ...common(place, words, "") },
      ...{ action, parentID: uri("legs", parent), childEPCs: epcs(parcels) },
    }),
  };
}

/** As `+01:00`: the schema refuses an event without. */
function offsetAt(at: Instant, zone: string): string {
  const { year, month, day, hour, minute, second } = toLocal(at, zone);
  const minutes = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - at) / 60_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
