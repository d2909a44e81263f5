import { createHash } from "node:crypto";
import type { Contact } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { contentsOf, piecesOf, smallestFor } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { BorzoSettings } from "./settings.ts";
import type { OrderBody } from "./wire.ts";
import { vehicles } from "./words.ts";

/** The most characters of a point's address (§4). */
const addressLength = 350;

/** The same body calculates and creates. */
export function toOrder(errand: Errand, now: Instant, settings: BorzoSettings): OrderBody {
  const { leg, key, pickup, dropoff } = errand;
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  const { earliest, latest } = leg.dropoffWindow;
  const grams = piecesOf(errand).reduce((sum, piece) => sum + piece.grams, 0);
  return {
    matter: contentsOf(errand),
    vehicle_type_id: settings.vehicleType ?? smallestFor(errand, vehicles).type,
    total_weight_kg: Math.max(1, Math.ceil(grams / 1000)),
    payment_method: "non_cash",
    points: [
      {
        ...toPoint(pickup, settings),
        ...(ready > now ? { required_start_datetime: toIso(ready) } : {}),
        ...(leg.pickupWindow.latest === null ? {} : { required_finish_datetime: toIso(leg.pickupWindow.latest) }),
      },
      {
        ...toPoint(dropoff, settings),
        client_order_id: clientId(key, settings),
        ...(earliest !== null && earliest > now ? { required_start_datetime: toIso(earliest) } : {}),
        ...(latest === null ? {} : { required_finish_datetime: toIso(latest) }),
      },
    ],
  };
}

function toPoint({ name, phone, address, notes, point: [longitude, latitude] }: Contact, settings: BorzoSettings) {
  return {
    address: address.slice(0, addressLength),
    contact_person: { phone: dialable(phone, settings.fallbackPhone), name },
    latitude: String(latitude),
    longitude: String(longitude),
    ...(notes ? { note: notes } : {}),
  };
}

/** Our key, or where it is too long for Borzo its digest, which is as much its own. */
export const clientId = (key: string, { clientIdLength }: BorzoSettings): string =>
  key.length <= clientIdLength ? key : createHash("sha256").update(key).digest("hex").slice(0, clientIdLength);
