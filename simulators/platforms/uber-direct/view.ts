import type { Point } from "../../../src/kernel/point.ts";
import { minor, toIso, type Instant } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import type { End, UberDelivery } from "./delivery.ts";
import type { EndRequest } from "./order.ts";
import type { Place } from "./places.ts";
import type { Settings } from "./options.ts";

export const location = ([lng, lat]: Point) => ({ lat, lng });

/** The delivery object as create, get, list, update, cancel and the webhooks show it. */
export function deliveryView(delivery: UberDelivery, settings: Settings): JsonObject {
  const { birth } = delivery;
  const { order, original } = birth;
  return {
    kind: "delivery",
    id: birth.id,
    uuid: birth.uuid,
    ...(birth.quoteId !== null && { quote_id: birth.quoteId }),
    ...(order.externalId !== null && { external_id: order.externalId }),
    status: delivery.status,
    complete: delivery.complete,
    courier_imminent: delivery.imminent,
    courier: courierView(delivery),
    live_mode: settings.environment === "production",
    created: toIso(delivery.created),
    updated: toIso(delivery.updated),
    ...timesView(delivery),
    fee: minor(birth.fee + delivery.tip),
    tip: delivery.tip,
    currency: birth.currency.toLowerCase(),
    manifest: { reference: delivery.manifestReference ?? "", description: "", total_value: order.totalValue ?? 0 },
    manifest_items: order.items,
    pickup: waypoint(delivery, original ? "dropoff" : "pickup", original ? "pickup" : null),
    dropoff: waypoint(delivery, original ? "pickup" : "dropoff", original ? "dropoff" : null),
    ...(delivery.returnLeg && { return: waypoint(delivery, "pickup", "return") }),
    tracking_url: `${settings.publicUrl}/orders/${birth.uuid}`,
    deliverable_action: order.deliverableAction,
    undeliverable_action: delivery.undeliverableAction,
    undeliverable_reason: delivery.undeliverableReason,
    dropoff_identifier: "",
    related_deliveries: relatives(delivery),
    batch_id: birth.batchId,
  };
}

function timesView(delivery: UberDelivery): JsonObject {
  const { pickupReady, pickupDeadline, dropoffReady, dropoffDeadline } = delivery.birth.order.windows;
  const ready = pickupReady ?? delivery.created;
  const iso = (at: number): string => toIso(at as Instant);
  return {
    pickup_eta: iso(delivery.pickupEta),
    pickup_ready: iso(ready),
    pickup_deadline: iso(pickupDeadline ?? ready + 30 * 60_000),
    dropoff_eta: iso(delivery.dropoffEta),
    dropoff_ready: iso(dropoffReady ?? ready),
    dropoff_deadline: iso(dropoffDeadline ?? delivery.birth.dropoffDeadline),
  };
}

/** Empty until a courier is there; the position follows with the first report. */
function courierView({ courier, location: at }: UberDelivery): JsonObject | null {
  if (courier === null) return null;
  return { ...courier, rating: "", ...(at && { location: location(at) }) };
}

/** `side` names the end whose people and address are shown; `role` the end it plays when that is another one. */
function waypoint(delivery: UberDelivery, side: "pickup" | "dropoff", role: End | null): JsonObject {
  const { order } = delivery.birth;
  const end: EndRequest = order[side];
  const place: Place = delivery.birth[side];
  const ending = delivery.endings.get(role ?? side);
  const proof = delivery.proofs.get(role ?? side);
  const point = side === "dropoff" ? delivery.dropoffPoint : place.point;
  return {
    name: side === "pickup" ? (end.businessName ?? end.name) : end.name,
    phone_number: end.phone,
    address: place.address,
    detailed_address: place.detailed,
    notes: side === "pickup" ? delivery.pickupNotes : delivery.dropoffNotes,
    seller_notes: side === "dropoff" ? delivery.sellerNotes : "",
    courier_notes: "",
    location: location(point),
    ...(order.storeId !== null && side === "pickup" && { external_store_id: order.storeId }),
    ...(role === null && { verification_requirements: requirements(delivery, side, end) }),
    ...(proof && { verification: proof }),
    ...(ending && { status: ending.status, status_timestamp: toIso(ending.at) }),
  };
}

/** The PIN that Uber made up stands here, for the merchant to give to the recipient. */
function requirements(delivery: UberDelivery, side: "pickup" | "dropoff", end: EndRequest): JsonObject {
  const { pincode } = delivery.birth;
  const barcodes = delivery.barcodes[side];
  return {
    ...end.verification,
    ...(barcodes !== undefined && { barcodes }),
    ...(side === "dropoff" && pincode !== null && { pincode: { enabled: true, value: pincode } }),
    ...(side === "dropoff" &&
      delivery.birth.order.deliverableAction === "deliverable_action_leave_at_door" && { picture: true }),
  };
}

function relatives({ returnLeg, birth }: UberDelivery): readonly JsonObject[] {
  if (returnLeg) return [{ id: returnLeg.id, relationship: "return" }];
  return birth.original ? [{ id: birth.original.id, relationship: "original" }] : [];
}
