import { decimals, type Currency } from "../../../src/kernel/money.ts";
import { toIso, type Instant } from "../../../src/kernel/quantity.ts";
import { majorOf } from "../shared/amounts.ts";
import type { JsonObject } from "../shared/json.ts";
import type { GrabDelivery, Offer, Status } from "./delivery.ts";
import type { Settings } from "./options.ts";
import type { QuoteRequest, ServiceType, Stop } from "./request.ts";

const serviceNames: Record<ServiceType, string> = {
  INSTANT: "GrabExpress",
  SAME_DAY: "GrabExpress Same Day",
  BULK: "GrabExpress Bulk",
};

const iso = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** The price is in major units; nothing names or holds it. */
export const quoteView = (
  type: ServiceType,
  { price, meters, pickupEta, dropoffEta }: Offer,
  currency: Currency,
): JsonObject => ({
  service: { id: 0, type, name: serviceNames[type] },
  currency: { code: currency, symbol: currency, exponent: decimals(currency) },
  amount: majorOf(price, currency),
  estimatedTimeline: { pickup: toIso(pickupEta), dropoff: toIso(dropoffEta) },
  distance: meters,
  discountInfo: null,
});

export const echoOf = ({ origin, destination, packages }: QuoteRequest): JsonObject => ({
  origin: stopView(origin),
  destination: stopView(destination),
  packages,
});

const stopView = ({ body, address }: Stop): JsonObject => ({ ...body, address });

/** One shape for create and get; what is not yet known is null or empty. */
export function deliveryView(delivery: GrabDelivery, settings: Settings): JsonObject {
  const { request, offer, life } = delivery;
  const { schedule } = request;
  return {
    deliveryID: delivery.id,
    merchantOrderID: request.merchantOrderID,
    paymentMethod: request.paymentMethod,
    payer: request.payer,
    quote: { ...quoteView(request.serviceType, offer, delivery.currency), ...echoOf(request) },
    sender: request.sender,
    recipient: request.recipient,
    status: life.state,
    trackingURL: delivery.driver === null ? "" : trackingUrl(delivery, settings),
    courier: courierView(delivery, settings),
    timeline: timelineView(delivery),
    schedule: schedule && { pickupTimeFrom: toIso(schedule.from), pickupTimeTo: toIso(schedule.to) },
    cashOnDelivery: request.cashOnDelivery,
    invoiceNo: "",
    pickupPin: delivery.pin,
    advanceInfo: { failedReason: delivery.failedReason ?? "" },
  };
}

export const trackingUrl = ({ id }: GrabDelivery, { publicUrl }: Settings): string => `${publicUrl}/track/${id}`;

function courierView({ driver, location }: GrabDelivery, { publicUrl }: Settings): JsonObject | null {
  if (driver === null) return null;
  const { name, phone, licensePlate, model } = driver;
  return {
    name,
    phone,
    pictureURL: `${publicUrl}/drivers/${licensePlate}.png`,
    rating: 5,
    coordinates: location && { latitude: location[1], longitude: location[0] },
    vehicle: { licensePlate, model, physicalVehicleType: "BIKE" },
  };
}

function timelineView({ life }: GrabDelivery): JsonObject {
  const at = (status: Status): string | null => iso(life.reached(status));
  return {
    create: toIso(life.created),
    allocate: at("PENDING_PICKUP"),
    pickup: at("PENDING_DROP_OFF"),
    dropoff: at("IN_DELIVERY"),
    completed: at("COMPLETED"),
    cancel: at("CANCELED"),
    return: at("RETURNED"),
    fail: at("FAILED"),
  };
}
