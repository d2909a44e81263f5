import { Type } from "typebox";
import { IsoInstant, object } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const Uri = Type.String({
  pattern: "^[A-Za-z][A-Za-z0-9+.-]*:\\S+$",
  description: "an address: no GS1 key is claimed",
});

/** Of the standard's words those that are said here, in CBV 2.0's bare form. */
const common = {
  eventID: Uri,
  eventTime: IsoInstant,
  eventTimeZoneOffset: Type.String({ pattern: "^[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00)$" }),
  bizStep: Type.Enum([
    "staging_outbound",
    "arriving",
    "loading",
    "accepting",
    "departing",
    "unloading",
    "receiving",
    "shipping",
    "void_shipping",
  ]),
  disposition: Type.Enum(["active", "in_progress", "in_transit", "returned"]),
  readPoint: object({ id: Uri }),
  bizTransactionList: Type.Array(object({ type: Type.Literal("bol"), bizTransaction: Uri })),
};

const ObjectEvent = object({
  ...{ ...common, type: Type.Literal("ObjectEvent"), action: Type.Literal("OBSERVE") },
  epcList: Type.Array(Uri, { uniqueItems: true }),
  sourceList: Type.Optional(Type.Array(object({ type: Type.Literal("possessing_party"), source: Uri }))),
  destinationList: Type.Optional(Type.Array(object({ type: Type.Literal("possessing_party"), destination: Uri }))),
});

const AggregationEvent = object({
  ...{ ...common, type: Type.Literal("AggregationEvent"), action: Type.Enum(["ADD", "DELETE"]) },
  parentID: Uri,
  childEPCs: Type.Array(Uri, { uniqueItems: true }),
});

/** Source: GS1 EPCIS 2.0 and CBV 2.0 (ref.gs1.org/standards/epcis, 2022), the JSON form. */
export const EpcisAnswer = object(
  {
    "@context": Type.Array(Uri, { minItems: 1 }),
    type: Type.Literal("EPCISDocument"),
    schemaVersion: Type.Literal("2.0"),
    creationDate: IsoInstant,
    epcisBody: object({ eventList: Type.Array(Type.Union([ObjectEvent, AggregationEvent])) }),
  },
  "A GS1 EPCIS 2.0 document",
);

export const epcisRoutes = {
  epcisEvents: {
    method: "GET",
    path: "/v1/epcis/events",
    group: "Orders",
    may: "orders:read",
    does: "What happened to parcels as a GS1 EPCIS 2.0 document; the header Link names where to go on",
    query: object({
      after: Type.Optional(Type.Integer({ minimum: 0, description: "feed position to go on after" })),
      limit: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 500,
          default: 200,
          description: "events of the feed to look at; most tell EPCIS nothing",
        }),
      ),
    }),
    produces: "application/ld+json",
    answers: { 200: EpcisAnswer },
  },
} as const satisfies RouteTable;
