import type { Zone } from "../../../src/kernel/local-time.ts";
import { minor, type Instant } from "../../../src/kernel/quantity.ts";
import { majorText } from "../shared/amounts.ts";
import type { JsonObject } from "../shared/json.ts";
import { toLocalIso } from "../shared/local-iso.ts";
import type { BorzoOrder } from "./order.ts";
import type { Settings } from "./options.ts";
import type { PointRequest } from "./request.ts";

export interface Frame {
  readonly settings: Settings;
  readonly zone: Zone;
}

/** With the local offset, without milliseconds. */
export const timeOf = (at: Instant | null, { zone }: Frame): string | null =>
  at === null ? null : toLocalIso(at, zone).replace(/\.\d{3}/, "");

const descriptions = {
  new: "Created",
  available: "Searching courier",
  active: "Courier assigned",
  completed: "Completed",
  canceled: "Canceled",
} as const;

/** One shape for calculate, create, cancel and orders; a calculated order has no id and no status. */
export function orderView(order: BorzoOrder, frame: Frame, calculated = false): JsonObject {
  const { request, status, currency, offer } = order;
  const text = (amount: number): string => majorText(minor(amount), currency);
  const returning = order.returnFee > 0;
  return {
    order_id: calculated ? null : order.id,
    order_name: calculated ? null : String(order.id),
    type: request.type,
    vehicle_type_id: request.vehicleType,
    created_datetime: calculated ? null : timeOf(status.created, frame),
    finish_datetime: timeOf(status.over ? status.updated : null, frame),
    status: calculated ? null : status.state,
    status_description: calculated ? null : descriptions[status.state],
    matter: request.matter,
    total_weight_kg: request.weight_kg,
    points: pointsView(order, frame),
    payment_amount: text(order.fee + order.returnFee),
    delivery_fee_amount: text(offer.price),
    weight_fee_amount: text(offer.weightFee),
    insurance_amount: request.insurance,
    insurance_fee_amount: text(0),
    loading_fee_amount: text(0),
    money_transfer_fee_amount: text(0),
    overnight_fee_amount: text(0),
    cod_fee_amount: text(0),
    return_fee_amount: text(order.returnFee),
    promo_code_discount_amount: text(0),
    applied_promo_code: null,
    backpayment_photo_url: null,
    itinerary_document_url: null,
    waybill_document_url: null,
    courier: courierView(order, frame),
    payment_method: request.paymentMethod,
    is_return_required: returning,
  };
}

function pointsView(order: BorzoOrder, frame: Frame): readonly JsonObject[] {
  const { request, delivery } = order;
  const [pickedUp, done] = [delivery.reached("parcel_picked_up"), delivery.reached("finished")];
  const pickup = pointView(order, request.pickup, 0, { eta: order.pickupEta, visited: pickedUp }, frame);
  const dropoff = pointView(order, request.dropoff, 1, { eta: order.dropoffEta, visited: done }, frame);
  if (order.returnFee === 0) return [pickup, dropoff];
  const times = { eta: order.dropoffEta, visited: delivery.reached("returned") };
  return [pickup, dropoff, { ...pointView(order, request.pickup, 2, times, frame), is_return_point: true }];
}

function pointView(
  order: BorzoOrder,
  point: PointRequest,
  index: number,
  { eta, visited }: { readonly eta: Instant; readonly visited: Instant | null },
  frame: Frame,
): JsonObject {
  const [longitude, latitude] = index === 1 ? order.offer.dropoff : order.offer.pickup;
  const photo = `${frame.settings.publicUrl}/proofs/${order.id}/${index}.png`;
  return {
    point_id: order.id * 10 + index,
    delivery_id: index === 1 ? order.deliveryId : null,
    client_order_id: point.clientOrderId,
    address: point.address,
    latitude: latitude.toFixed(6),
    longitude: longitude.toFixed(6),
    contact_person: { name: point.name, phone: point.phone },
    note: point.note,
    required_start_datetime: timeOf(point.start, frame),
    required_finish_datetime: null,
    estimated_arrival_datetime: timeOf(eta, frame),
    courier_visit_datetime: timeOf(visited, frame),
    place_photo_url: visited === null ? null : photo,
    sign_photo_url: null,
    checkin: visited === null ? null : { recipient_full_name: point.name, recipient_position: null },
    tracking_url: `${frame.settings.publicUrl}/track/${order.id}`,
    is_return_point: false,
    previous_point_driving_distance_meters: index === 0 ? 0 : order.offer.meters,
    delivery: index === 1 ? { status: order.delivery.state } : null,
  };
}

/** Null until somebody took it; the position is null while it is not shared. */
export function courierView({ courier, location }: BorzoOrder, { settings }: Frame): JsonObject | null {
  if (courier === null) return null;
  const degrees = (value: number): string | number => (settings.coordinates === "text" ? value.toFixed(6) : value);
  return {
    ...courier,
    middlename: null,
    photo_url: `${settings.publicUrl}/couriers/${courier.courier_id}.png`,
    latitude: location && degrees(location[1]),
    longitude: location && degrees(location[0]),
  };
}

/** A delivery as callbacks and `GET /deliveries` show it. */
export const deliveryView = (order: BorzoOrder, frame: Frame): JsonObject => ({
  delivery_id: order.deliveryId,
  order_id: order.id,
  point_id: order.id * 10 + 1,
  client_order_id: order.request.dropoff.clientOrderId,
  address: order.request.dropoff.address,
  status: order.delivery.state,
  status_datetime: timeOf(order.delivery.updated, frame),
  contact_person: { name: order.request.dropoff.name, phone: order.request.dropoff.phone },
  order_payment_amount: majorText(order.fee, order.currency),
  courier: courierView(order, frame),
});
