import { toIso, type Instant } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import type { DoordashDelivery } from "./delivery.ts";
import type { Settings } from "./options.ts";

const iso = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** `DeliveryResponse`: one shape for quote, accept, create, get, update and cancel. Times that have not come are null. */
export function deliveryView(delivery: DoordashDelivery, settings: Settings): JsonObject {
  const { offer, currency } = delivery;
  return {
    ...delivery.fields,
    external_delivery_id: delivery.id,
    delivery_status: delivery.status,
    cancellation_reason: delivery.cancellation,
    fee: delivery.fee,
    fee_components: [
      { type: "flat_fee", amount: offer.base },
      { type: "distance_based_fee", amount: offer.distance },
    ],
    tax: 0,
    tax_components: [],
    tip: delivery.tip,
    currency,
    updated_at: toIso(delivery.updated),
    ...timesView(delivery),
    ...dasherView(delivery),
    ...delivery.images,
    tracking_url:
      delivery.status === "quote" ? null : `${settings.publicUrl}/drive/portal/track/${delivery.supportReference}`,
    support_reference: delivery.supportReference,
  };
}

function timesView(delivery: DoordashDelivery): JsonObject {
  return {
    pickup_time_estimated: iso(delivery.pickupEta),
    pickup_time_actual: iso(delivery.reached("picked_up")),
    dropoff_time_estimated: iso(delivery.dropoffEta),
    dropoff_time_actual: iso(delivery.reached("delivered")),
    return_time_estimated: iso(delivery.returnEta),
    return_time_actual: iso(delivery.reached("returned")),
    ...(delivery.returnEta !== null && { return_address: delivery.fields["pickup_address"] }),
  };
}

/** Flat, and absent until a Dasher accepted. */
function dasherView({ dasher, location }: DoordashDelivery): JsonObject {
  if (dasher === null) return {};
  return {
    dasher_id: dasher.id,
    dasher_name: dasher.name,
    dasher_dropoff_phone_number: dasher.phone,
    dasher_pickup_phone_number: dasher.phone,
    dasher_vehicle_make: dasher.make,
    dasher_vehicle_model: dasher.model,
    dasher_vehicle_year: dasher.year,
    ...(location && { dasher_location: { lat: location[1], lng: location[0] } }),
  };
}
