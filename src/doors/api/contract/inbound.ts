import { Type, type Static } from "typebox";
import { idOf, object } from "./parts.ts";
import { OrdersAnswer, QuotesAnswer } from "./orders.ts";
import type { RouteTable } from "./route.ts";

/** `/a/b` in one entry of the list, `#/a/b` in the whole document (RFC 6901); at most eight steps. */
const Pointer = Type.String({ pattern: "^#?(/[^/]{0,100}){0,8}$", maxLength: 400 });
const Scalar = Type.Union([Type.String({ maxLength: 1000 }), Type.Number(), Type.Boolean(), Type.Null()]);

const Source = Type.Union([
  object({ value: Scalar }, "always this"),
  object(
    {
      from: Type.Union([Pointer, Type.Array(Pointer, { minItems: 1, maxItems: 10 })]),
      join: Type.Optional(Type.String({ maxLength: 10, description: "puts what is there together as text" })),
      times: Type.Optional(Type.Number({ description: "multiplies, and rounds to a whole number" })),
      words: Type.Optional(
        Type.Record(Type.String({ maxLength: 100 }), Scalar, { maxProperties: 200, description: "their word: ours" }),
      ),
      otherwise: Type.Optional(Scalar),
    },
    "what stands there; several: the first that is there, or all of them with `join`",
  ),
]);

/** How a sender's JSON becomes orders: data, no code. `fields` names the order's own fields (`/dropoff/address`) and where each comes from. */
export const Mapping = object({
  participant: idOf("participant"),
  each: Type.Optional(Pointer),
  fields: Type.Record(
    // Letters and digits alone: nothing that would change what an object is.
    Type.String({ pattern: "^(/[A-Za-z0-9]{1,40}){1,5}$" }),
    Source,
    { minProperties: 1, maxProperties: 100, additionalProperties: false },
  ),
});
export type Mapping = Static<typeof Mapping>;

export const MappingPreview = object({
  orders: Type.Array(Type.Any(), { description: "the orders as the mapping makes them" }),
  outcomes: QuotesAnswer.properties.outcomes,
});
export type MappingPreview = Static<typeof MappingPreview>;

export const inboundRoutes = {
  previewMapping: {
    method: "POST",
    path: "/v1/inbound/preview",
    group: "Orders",
    may: "orders:write",
    does: "What a mapping makes of a sample, with prices and problems; nothing is placed",
    body: object({ mapping: Mapping, sample: Type.Any() }),
    answers: { 200: MappingPreview },
  },
  takeMapped: {
    method: "POST",
    path: "/v1/inbound/:mapping",
    group: "Orders",
    may: "orders:write",
    does: "Anybody's JSON as orders, by a mapping that the operator has named; each is taken or refused on its own. Idempotency-Key is honoured; without, `reference` keeps a repeat from coming in twice.",
    params: object({ mapping: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" }) }),
    body: Type.Any(),
    answers: { 200: OrdersAnswer },
  },
} as const satisfies RouteTable;
