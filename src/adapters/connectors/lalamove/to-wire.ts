import type { Contact } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { smallestFor } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { LalamoveSettings } from "./settings.ts";
import type { OrderBody, QuotationBody, QuotedStops } from "./wire.ts";
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

/** Only recipients have remarks, so what the courier must know at the pickup stands there too, first. */
function remarksOf(pickup: Contact, dropoff: Contact): { readonly remarks?: string } {
  const lines = [pickup.notes && `Pickup: ${pickup.notes}`, dropoff.notes].filter(
    (line) => line !== null && line !== "",
  );
  if (lines.length === 0) return {};
  return { remarks: lines.join("\r\n").replaceAll(/\r?\n/g, "\r\n").slice(0, remarksLength) };
}
