import { toIso, type Instant } from "../../../src/kernel/quantity.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { JsonObject } from "../shared/json.ts";
import type { WoltOrder } from "./order.ts";
import type { Settings } from "./options.ts";
import type { Place, ShipmentPromise } from "./promise.ts";

const minutesUntil = (at: Instant, from: Instant): number => Math.max(0, Math.ceil((at - from) / 60_000));

const locationView = ({ point: [lon, lat], address }: Place): JsonObject => ({
  coordinates: { lat, lon },
  formatted_address: address,
});

/** ETAs are whole minutes here. */
export function promiseView(promise: ShipmentPromise, venueId: string, currency: Currency): JsonObject {
  const { offer, created } = promise;
  const dropoffMinutes = minutesUntil(offer.dropoffEta, created);
  return {
    id: promise.id,
    created_at: toIso(created),
    valid_until: toIso(promise.validUntil),
    pickup: {
      venue_id: venueId,
      location: locationView(offer.pickup),
      options: { min_preparation_time_minutes: offer.preparation_min },
      eta_minutes: minutesUntil(offer.pickupEta, created),
    },
    dropoff: {
      location: locationView(offer.dropoff),
      options: { scheduled_time: offer.scheduled === null ? null : toIso(offer.scheduled) },
      eta_minutes: dropoffMinutes,
    },
    price: { amount: offer.price, currency },
    time_estimate_minutes: dropoffMinutes,
    is_binding: promise.binding,
    parcels: promise.parcels,
  };
}

/** ETAs are times here. `status` says no more than that it was taken. */
export function orderView(order: WoltOrder, settings: Settings): JsonObject {
  const { request, offer, ids, currency } = order;
  return {
    id: ids.id,
    status: "INFO_RECEIVED",
    tracking: { id: ids.tracking, url: `${settings.publicUrl}/tracking/${ids.tracking}` },
    pickup: {
      location: locationView(offer.pickup),
      options: { min_preparation_time_minutes: offer.preparation_min },
      comment: request.pickupComment,
      eta: toIso(order.pickupEta),
      display_name: offer.pickup.address,
    },
    dropoff: {
      location: locationView(offer.dropoff),
      comment: request.dropoffComment,
      options: {
        is_no_contact: request.noContact,
        scheduled_time: offer.scheduled === null ? null : toIso(offer.scheduled),
      },
      eta: toIso(order.dropoffEta),
    },
    price: { amount: offer.price, currency },
    recipient: request.recipient,
    parcels: request.parcels,
    customer_support: request.support,
    wolt_order_reference_id: ids.reference,
    merchant_order_reference_id: request.reference,
    tips: request.tips,
    order_number: request.orderNumber,
  };
}
