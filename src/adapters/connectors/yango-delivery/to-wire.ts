import type { Contact } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { decimals } from "../../../kernel/money.ts";
import { later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { piecesOf, smallestFor } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { YangoSettings } from "./settings.ts";
import type { ClaimBody, PriceBody } from "./wire.ts";
import { classes } from "./words.ts";

const [source, destination] = [1, 2];

export function toPrice(errand: Errand, settings: YangoSettings): PriceBody {
  return {
    items: itemsOf(errand).map(({ quantity, weight, size }) => ({ quantity, weight, size })),
    route_points: [errand.pickup, errand.dropoff].map(({ address, point }) => ({
      fullname: address,
      coordinates: [...point],
    })),
    requirements: { taxi_class: classFor(errand, settings) },
  };
}

export function toClaim(errand: Errand, now: Instant, settings: YangoSettings): ClaimBody {
  const { leg, key, pickup, dropoff } = errand;
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  return {
    items: itemsOf(errand),
    route_points: [
      { point_id: source, visit_order: 1, type: "source", ...toPoint(pickup, settings) },
      {
        point_id: destination,
        visit_order: 2,
        type: "destination",
        ...toPoint(dropoff, settings),
        external_order_id: key,
      },
    ],
    client_requirements: { taxi_class: classFor(errand, settings) },
    ...(ready > now ? { due: toIso(ready) } : {}),
  };
}

function toPoint({ name, phone, email, address, point, notes }: Contact, { fallbackPhone }: YangoSettings) {
  return {
    contact: { name, phone: dialable(phone, fallbackPhone), ...(email ? { email } : {}) },
    address: { fullname: address, coordinates: [point[0], point[1]] as const, ...(notes ? { comment: notes } : {}) },
  };
}

const classFor = (errand: Errand, { taxiClass }: YangoSettings): string =>
  taxiClass ?? smallestFor(errand, classes).type;

/** The declared value is shared evenly: it is known of the whole alone. */
function itemsOf(errand: Errand): ClaimBody["items"] {
  const pieces = piecesOf(errand);
  const value = errand.goods.value;
  const places = value ? decimals(value.currency) : 0;
  const each = value ? Math.floor(Math.max(0, value.amount) / Math.max(1, pieces.length)) / 10 ** places : 0;
  return pieces.map(({ name, grams, side_cm }) => ({
    title: name,
    quantity: 1,
    cost_value: each.toFixed(places),
    cost_currency: value?.currency ?? "EUR",
    pickup_point: source,
    dropoff_point: destination,
    weight: grams / 1000,
    size: { length: side_cm / 100, width: side_cm / 100, height: side_cm / 100 },
  }));
}
