import { mayBeLeft } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import type { Point } from "../../../kernel/point.ts";
import { later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { cutAddress } from "../shared/address.ts";
import { piecesOf } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { WoltSettings } from "./settings.ts";
import type { DeliveryBody, PromiseBody } from "./wire.ts";

export function toPromise(errand: Errand, now: Instant, settings: WoltSettings): PromiseBody {
  const { dropoff } = errand;
  const { street, town, postcode } = cutAddress(dropoff.address);
  const scheduled = scheduledFor(errand, now, settings);
  return {
    street,
    ...(town ? { city: town } : {}),
    ...(postcode ? { post_code: postcode } : {}),
    lat: dropoff.point[1],
    lon: dropoff.point[0],
    min_preparation_time_minutes: preparation(errand, now),
    ...(scheduled === null ? {} : { scheduled_dropoff_time: scheduled }),
    parcels: toParcels(errand),
  };
}

/** `promised`: where the promise says that the drop-off is, which is better than what we think. */
export function toDelivery(
  errand: Errand,
  quote: { readonly reference: string; readonly price: Money },
  promised: Point | null,
  now: Instant,
  settings: WoltSettings,
): DeliveryBody {
  const { key, order, pickup, dropoff } = errand;
  const [longitude, latitude] = promised ?? dropoff.point;
  const scheduled = scheduledFor(errand, now, settings);
  return {
    shipment_promise_id: quote.reference,
    merchant_order_reference_id: key,
    order_number: (order.reference ?? key).slice(-settings.orderNumberLength),
    pickup: {
      options: { min_preparation_time_minutes: preparation(errand, now) },
      ...(pickup.notes ? { comment: pickup.notes } : {}),
    },
    dropoff: {
      location: { coordinates: { lat: latitude, lon: longitude } },
      options: { is_no_contact: mayBeLeft(order), ...(scheduled === null ? {} : { scheduled_time: scheduled }) },
      ...(dropoff.notes ? { comment: dropoff.notes } : {}),
    },
    price: { amount: quote.price.amount, currency: quote.price.currency },
    recipient: {
      name: dropoff.name,
      phone_number: dialable(dropoff.phone, settings.fallbackPhone),
      ...(dropoff.email ? { email: dropoff.email } : {}),
    },
    parcels: toParcels(errand),
    customer_support: { phone_number: settings.fallbackPhone },
    ...(order.requirements.includes("pin")
      ? { handshake_delivery: { is_required: true, should_send_sms_to_dropoff_contact: true } }
      : {}),
  };
}

/** Whole minutes until the goods are ready, rounded up. */
function preparation({ leg }: Errand, now: Instant): number {
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  return Math.max(0, Math.ceil((ready - now) / 60_000));
}

/** The opening of the drop-off's window, where it lies far enough ahead; else the drop-off is wanted as soon as can be. */
function scheduledFor({ leg }: Errand, now: Instant, settings: WoltSettings): string | null {
  const { earliest } = leg.dropoffWindow;
  return earliest !== null && earliest - now > settings.scheduledFrom_ms ? toIso(earliest) : null;
}

const toParcels = (errand: Errand): PromiseBody["parcels"] =>
  piecesOf(errand).map(({ name, grams, side_cm }) => ({
    count: 1,
    description: name,
    dimensions: { weight_gram: grams, width_cm: side_cm, height_cm: side_cm, depth_cm: side_cm },
    dropoff_restrictions: { id_check_required: errand.order.requirements.includes("age_check") },
  }));
