import { Type, type Static, type TSchema } from "typebox";
import {
  failureReasonWords,
  IsoInstant,
  LonLat,
  maybe,
  MoneyShape,
  object,
  orNull,
  requirementWords,
  text,
  Window,
} from "./parts.ts";
import type { RouteTable } from "./route.ts";

/**
 * The carrier API: what Milepool asks of any carrier. Who implements these routes under an address of its own joins the network without a
 * connector being written for it; `milepool conform URL` checks an implementation. Milepool speaks it from the other side too: under
 * its own address it is a carrier to whoever asks.
 *
 * Its own document is `/carrier-openapi.json`.
 */

/** The version of this contract; a change that an older side would not understand raises the first number. */
export const carrierApiVersion = "1.0";

const stopShape = {
  address: text(300, "one line"),
  point: LonLat,
  window: Type.Optional(Window),
};

const Where = object(stopShape, "A stop as far as a price depends on it: nobody's name");

const Stop = object(
  {
    ...stopShape,
    name: text(200, "who is there"),
    phone: maybe(text(40, "E.164")),
    notes: maybe(text(1000, "for the courier's eyes")),
  },
  "A stop, with whom the courier meets there",
);

const goodsShape = {
  readyAt: Type.Optional(IsoInstant),
  parcels: Type.Array(
    object({
      weightGrams: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
      volumeLiters: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
      contents: maybe(text(200)),
    }),
    { minItems: 1, maxItems: 100 },
  ),
  value: maybe(MoneyShape),
  requirements: Type.Optional(Type.Array(requirementWords, { maxItems: 7, uniqueItems: true })),
  ifUndeliverable: Type.Enum(["return", "leave_safe"]),
};

const CarrierQuoteBody = object({ pickup: Where, dropoff: Where, ...goodsShape }, "What would be carried");
export type CarrierQuoteBody = Static<typeof CarrierQuoteBody>;

const CarrierQuote = object(
  {
    id: Type.String({ minLength: 1, maxLength: 500 }),
    price: MoneyShape,
    pickupAt: orNull(IsoInstant),
    dropoffAt: orNull(IsoInstant),
    expiresAt: Type.String({ format: "date-time", description: "until then a delivery on it costs this price" }),
  },
  "What it costs, when a courier would be there, and until when that holds",
);
export type CarrierQuote = Static<typeof CarrierQuote>;

const ExternalId = Type.String({
  pattern: "^[A-Za-z0-9_-]{1,64}$",
  description: "the asker's own id of the delivery, and the key under which asking twice makes one",
});

const DeliveryBody = object(
  {
    externalId: ExternalId,
    quote: maybe(Type.String({ minLength: 1, maxLength: 500, description: "the id of a quote that still holds" })),
    pickup: Stop,
    dropoff: Stop,
    ...goodsShape,
  },
  "Bring these parcels from here to there",
);
export type DeliveryBody = Static<typeof DeliveryBody>;

const DeliveryPatch = object(
  {
    dropoffNotes: maybe(text(1000)),
    dropoffPhone: maybe(text(40)),
    dropoffWindow: Type.Optional(Window),
    readyAt: Type.Optional(IsoInstant),
  },
  "What may change until the pickup",
);

/** In the order in which a delivery may pass them; couriers' steps may be left out, the pickup never. */
export const deliveryStates = [
  "assigned",
  "en_route_to_pickup",
  "at_pickup",
  "picked_up",
  "en_route_to_dropoff",
  "at_dropoff",
  "handed_over",
  "dropoff_failed",
  "returning",
  "returned",
  "pickup_failed",
  "cancelled",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const Delivery = object(
  {
    id: Type.String({ minLength: 1, maxLength: 100, description: "the carrier's own id" }),
    externalId: ExternalId,
    state: Type.Enum([...deliveryStates], { description: "`assigned`: taken, whether or not a courier is named yet" }),
    reason: orNull(failureReasonWords),
    leftSafe: Type.Boolean({ description: "handed over to nobody: left in a safe place" }),
    price: orNull(MoneyShape),
    pickupAt: orNull(IsoInstant),
    dropoffAt: orNull(IsoInstant),
    courier: orNull(
      object({
        name: orNull(Type.String()),
        phone: orNull(Type.String()),
        position: orNull(object({ point: LonLat, at: IsoInstant })),
      }),
    ),
    proof: orNull(object({ kind: Type.String(), value: Type.String({ description: "a text, or a picture's URL" }) })),
    tracking: orNull(Type.String({ description: "a page for the recipient" })),
    changedAt: IsoInstant,
    version: Type.Integer({
      minimum: 0,
      description: "grows with every change, so that a late message is known as old",
    }),
  },
  "A delivery as it stands",
);
export type Delivery = Static<typeof Delivery>;

const DeliveryList = object({ deliveries: Type.Array(Delivery) });

const Example = object({ address: Type.String(), point: LonLat });

export const CarrierFacts = object(
  {
    name: Type.String(),
    api: Type.String({ pattern: "^1\\.\\d+$", description: "the version of the carrier API that is spoken" }),
    now: Type.String({ format: "date-time", description: "its clock: quotes and windows are held against this" }),
    currency: Type.String({ pattern: "^[A-Z]{3}$" }),
    updates: Type.Boolean({ description: "whether a delivery may be changed" }),
    positions: Type.Boolean({ description: "whether couriers' positions are told" }),
    examples: object({ pickup: Example, dropoff: Example }, "two places between which it carries, for checks"),
  },
  "Who the carrier is and what it offers",
);
export type CarrierFacts = Static<typeof CarrierFacts>;

/** The body of a webhook: Standard Webhooks, signed over id, time and raw body (github.com/standard-webhooks, spec 1.0). */
export const DeliveryMessage = object(
  { type: Type.Enum(["delivery.changed"]), timestamp: IsoInstant, data: Delivery },
  "Sent to the asker whenever a delivery has changed, its courier's position included, at least once",
);

const CancelBody = object({ reason: maybe(text(300)) });

const ofDelivery = object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

const route = <const Spec extends { readonly answers: Readonly<Record<number, TSchema>> }>(spec: Spec) => ({
  group: "Carrier API" as const,
  ...spec,
});

export const carrierRoutes = {
  carrierFacts: route({
    method: "GET",
    path: "/carrier/v1/carrier",
    may: "orders:read",
    does: "Who carries, and what is offered",
    answers: { 200: CarrierFacts },
  }),
  carrierQuote: route({
    method: "POST",
    path: "/carrier/v1/quotes",
    may: "orders:read",
    does: "What a delivery would cost, and when it would be there",
    body: CarrierQuoteBody,
    answers: { 200: CarrierQuote },
  }),
  createDelivery: route({
    method: "POST",
    path: "/carrier/v1/deliveries",
    may: "orders:write",
    does: "Have it carried; the same externalId with the same body is the same delivery",
    body: DeliveryBody,
    answers: { 200: Delivery, 201: Delivery },
  }),
  findDeliveries: route({
    method: "GET",
    path: "/carrier/v1/deliveries",
    may: "orders:read",
    does: "The delivery under an externalId: a list of one, or of none",
    query: object({ externalId: ExternalId }),
    answers: { 200: DeliveryList },
  }),
  getDelivery: route({
    method: "GET",
    path: "/carrier/v1/deliveries/:id",
    may: "orders:read",
    does: "A delivery as it stands",
    params: ofDelivery,
    answers: { 200: Delivery },
  }),
  changeDelivery: route({
    method: "PATCH",
    path: "/carrier/v1/deliveries/:id",
    may: "orders:write",
    does: "Change what may still be changed",
    params: ofDelivery,
    body: DeliveryPatch,
    answers: { 200: Delivery },
  }),
  cancelDelivery: route({
    method: "POST",
    path: "/carrier/v1/deliveries/:id/cancel",
    may: "orders:write",
    does: "Call it off, until the pickup; safe to repeat",
    params: ofDelivery,
    body: CancelBody,
    answers: { 200: Delivery },
  }),
} as const satisfies RouteTable;
