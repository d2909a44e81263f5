import type { Contact } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { decimals } from "../../../kernel/money.ts";
import { instant, later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { cutAddress } from "../shared/address.ts";
import { contentsOf, piecesOf } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { RoadieSettings } from "./settings.ts";
import type { EstimateBody, ShipmentBody } from "./wire.ts";

/** Exact by definition of the pound and of the inch. */
const gramsPerPound = 453.592_37;
const centimetresPerInch = 2.54;
/** The most characters of each field (§4). */
const most = { name: 200, street: 200, zip: 10, notes: 500, item: 200, description: 600 };

export function toEstimate(errand: Errand, now: Instant, settings: RoadieSettings): EstimateBody {
  const { leg, pickup, dropoff } = errand;
  const after = later(later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt), now);
  const { earliest, latest } = leg.dropoffWindow;
  const start = earliest === null ? after : later(earliest, after);
  const end = latest !== null && latest > start ? latest : instant(start + settings.deliverySpan_ms);
  return {
    items: itemsOf(errand),
    pickup_location: toLocation(pickup, settings),
    delivery_location: toLocation(dropoff, settings),
    pickup_after: toIso(after),
    deliver_between: { start: toIso(start), end: toIso(end) },
  };
}

export function toShipment(errand: Errand, now: Instant, settings: RoadieSettings): ShipmentBody {
  const { key, order } = errand;
  return {
    ...toEstimate(errand, now, settings),
    reference_id: key,
    idempotency_key: key,
    description: contentsOf(errand).slice(0, most.description),
    options: {
      signature_required: order.requirements.includes("signature"),
      notifications_enabled: false,
      over_21_required: order.requirements.includes("age_check"),
    },
  };
}

function toLocation({ name, phone, address, notes, point }: Contact, settings: RoadieSettings) {
  const { street, town, postcode } = cutAddress(address);
  return {
    address: {
      name: name.slice(0, most.name),
      street1: street.slice(0, most.street),
      city: town.replace(/\b[A-Z]{2}$/, "").trim() || town,
      state: stateOf(address) ?? settings.defaultState,
      zip: postcode.slice(0, most.zip),
      latitude: point[1],
      longitude: point[0],
    },
    contact: { name: name.slice(0, most.name), phone: tenDigits(phone, settings.fallbackPhone) },
    ...(notes ? { notes: notes.slice(0, most.notes) } : {}),
  };
}

/** Two capitals before the postcode, as addresses of the United States have them. */
const stateOf = (line: string): string | null => /\b([A-Z]{2}),?\s+\d{5}\b/.exec(line)?.[1] ?? null;

/** A number of the United States without its country; any other cannot be dialled here. */
function tenDigits(phone: string | null, fallback: string): string {
  const number = dialable(phone, fallback);
  return (number.startsWith("+1") ? number : fallback).replace(/^\+1/, "");
}

/** The declared value is shared evenly: it is known of the whole alone, and counts in dollars. */
function itemsOf(errand: Errand): EstimateBody["items"] {
  const pieces = piecesOf(errand);
  const value = errand.goods.value?.currency === "USD" ? errand.goods.value : null;
  const each = value ? Math.floor(Math.max(0, value.amount) / Math.max(1, pieces.length)) / 10 ** decimals("USD") : 0;
  return pieces.map(({ name, grams, side_cm }) => {
    const side = rounded(side_cm / centimetresPerInch);
    const weight = Math.max(0.01, rounded(grams / gramsPerPound));
    return {
      length: side,
      width: side,
      height: side,
      weight,
      value: each,
      quantity: 1,
      description: name.slice(0, most.item),
    };
  });
}

const rounded = (value: number): number => Math.ceil(value * 100) / 100;
