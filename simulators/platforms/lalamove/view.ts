import type { Currency } from "../../../src/kernel/money.ts";
import { minor, toIso, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { majorText } from "../shared/amounts.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Contact, LalamoveOrder, Proof } from "./order.ts";
import type { Price, Quotation, Stop } from "./quotation.ts";

/** Without milliseconds, in UTC. */
export const iso = (at: Instant): string => toIso(at).replace(/\.\d{3}Z$/, "Z");
/** `2026-11-21T10:00.00Z`: a dot where a colon belongs. */
export const oddIso = (at: Instant): string => iso(at).replace(/:(\d{2}Z)$/, ".$1");

export const quotationView = (quotation: Quotation, currency: Currency): JsonObject => ({
  quotationId: quotation.id,
  ...(quotation.scheduleAt !== null && { scheduleAt: iso(quotation.scheduleAt) }),
  expiresAt: iso(quotation.expiresAt),
  serviceType: quotation.serviceType,
  specialRequests: quotation.specialRequests,
  language: quotation.language.toUpperCase(),
  stops: [quotation.pickup, quotation.dropoff].map(stopView),
  isRouteOptimized: quotation.isRouteOptimized,
  priceBreakdown: priceView(quotation.price, minor(0), currency),
  ...(quotation.item !== undefined && { item: quotation.item }),
  distance: { value: String(quotation.meters), unit: "m" },
});

const stopView = ({ id, coordinates, address }: Stop): JsonObject => ({ stopId: id, coordinates, address });

/** All amounts are text in major units. */
function priceView(price: Price, priorityFee: Minor, currency: Currency): JsonObject {
  const text = (amount: Minor): string => majorText(amount, currency);
  return {
    base: text(price.base),
    extraMileage: text(price.extraMileage),
    ...(price.specialRequests > 0 && { specialRequests: text(price.specialRequests) }),
    ...(priorityFee > 0 && { priorityFee: text(priorityFee) }),
    totalExcludePriorityFee: text(price.total),
    total: text(minor(price.total + priorityFee)),
    currency,
  };
}

export const orderView = (order: LalamoveOrder): JsonObject => ({
  orderId: order.id,
  quotationId: order.quotation.id,
  priceBreakdown: priceView(order.price, order.priorityFee, order.currency),
  driverId: order.driver?.driverId ?? "",
  shareLink: order.shareLink,
  status: order.life.state,
  distance: { value: String(order.meters), unit: "m" },
  stops: orderStops(order),
  ...(order.request.metadata && { metadata: order.request.metadata }),
  remarks: [],
});

/** The proof, where it was asked for, stands at every stop. */
export const orderStops = (order: LalamoveOrder): readonly JsonObject[] => [
  orderStop(order.quotation.pickup, order.request.sender, order.proof && pickupProof(order)),
  orderStop(order.dropoff, order.recipient, order.proof),
];

const orderStop = (stop: Stop, { name, phone, remarks }: Contact, proof: Proof | null): JsonObject => ({
  ...stopView(stop),
  name,
  phone,
  ...(remarks !== null && { remarks }),
  ...(proof && { POD: { ...proof, deliveredAt: proof.deliveredAt === null ? null : iso(proof.deliveredAt) } }),
});

function pickupProof({ life }: LalamoveOrder): Proof {
  const at = life.reached("PICKED_UP");
  return { status: at === null ? "PENDING" : "DELIVERED", image: null, deliveredAt: at };
}

export const driverView = ({ driver, location }: LalamoveOrder, publicUrl: string): JsonObject => ({
  ...driver,
  photo: `${publicUrl}/photos/${driver?.driverId ?? ""}.png`,
  ...(location && {
    coordinates: {
      lat: location.point[1].toFixed(6),
      lng: location.point[0].toFixed(6),
      updatedAt: iso(location.at),
    },
  }),
});

export const amountView = ({ id, price, priorityFee, currency }: LalamoveOrder): JsonObject => ({
  orderId: id,
  price: {
    totalPrice: majorText(minor(price.total + priorityFee), currency),
    priorityFee: majorText(priorityFee, currency),
    subTotal: majorText(price.total, currency),
    currency,
  },
});
