import type { Contact } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { smallestFor } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { LalamoveSettings } from "./settings.ts";
import { objects, type Json } from "../shared/reading.ts";
import type { LalamoveOrder, OrderBody, QuotationBody, QuotedStops } from "./wire.ts";
import { languages, services } from "./words.ts";

/** The most that `remarks` take (§4). */
const remarksLength = 1500;

export function toQuotation(errand: Errand, market: string, now: Instant, settings: LalamoveSettings): QuotationBody {
  const { leg, pickup, dropoff } = errand;
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  return {
    serviceType: settings.serviceType ?? smallestFor(errand, services).type,
    language: settings.language ?? languages[market] ?? `en_${market}`,
    stops: [toStop(pickup), toStop(dropoff)],
    ...(ready - now > settings.immediateWithin_ms ? { scheduleAt: toIso(ready) } : {}),
  };
}

const toStop = ({ point: [longitude, latitude], address }: Contact) => ({
  coordinates: { lat: String(latitude), lng: String(longitude) },
  address,
});

export function toOrder(
  { key, pickup, dropoff }: Errand,
  quotationId: string,
  stops: QuotedStops,
  settings: LalamoveSettings,
): OrderBody {
  return {
    quotationId,
    sender: { stopId: stops.pickup, name: pickup.name, phone: dialable(pickup.phone, settings.fallbackPhone) },
    recipients: [
      {
        stopId: stops.dropoff,
        name: dropoff.name,
        phone: dialable(dropoff.phone, settings.fallbackPhone),
        ...remarksOf(pickup, dropoff),
      },
    ],
    isPODEnabled: settings.proofOfDelivery,
    metadata: { [settings.metadataKey]: key },
  };
}

/**
 * The stops of an edit (§4): the pickup as Lalamove tells it, to the letter, and the drop-off with what is known now, remarks included,
 * because what is not sent again is lost. `said` when it stands so already; null when the order does not tell its stops.
 */
export function toEdit(
  order: LalamoveOrder,
  { pickup, dropoff }: Errand,
  { fallbackPhone }: LalamoveSettings,
): readonly [Json, Json] | "said" | null {
  const [from, to] = objects(order.all, "stops").map(asStop);
  if (!from || !to) return null;
  const { remarks: before, ...rest } = to;
  const { remarks } = remarksOf(pickup, dropoff);
  const phone = dialable(dropoff.phone, fallbackPhone);
  if (to["phone"] === phone && before === remarks) return "said";
  return [from, { ...rest, phone, ...(remarks === undefined ? {} : { remarks }) }];
}

/** The fields of a stop that an edit takes. */
const asStop = (told: Json): Json =>
  Object.fromEntries(
    ["coordinates", "address", "name", "phone", "remarks"].flatMap((name) =>
      told[name] === undefined || told[name] === null ? [] : [[name, told[name]]],
    ),
  );

/** Only recipients have remarks, so what the courier must know at the pickup stands there too, first. */
function remarksOf(pickup: Contact, dropoff: Contact): { readonly remarks?: string } {
  const lines = [pickup.notes && `Pickup: ${pickup.notes}`, dropoff.notes].filter(
    (line) => line !== null && line !== "",
  );
  if (lines.length === 0) return {};
  return { remarks: lines.join("\r\n").replaceAll(/\r?\n/g, "\r\n").slice(0, remarksLength) };
}
