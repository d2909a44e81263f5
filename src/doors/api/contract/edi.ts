import { Type, type Static } from "typebox";
import { idOf, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const SetOutcome = object({
  type: Type.String({ description: "204, 990, 214, 210, 997, IFTMIN, IFTSTA, INVOIC, CONTRL" }),
  control: Type.String(),
  taken: Type.Boolean(),
  words: Type.Array(Type.String(), { description: "what is wrong, by segment and element, or what came of it" }),
  orders: Type.Array(idOf("order")),
});

export const EdiAnswer = object({
  interchanges: Type.Array(
    object({
      partner: orNull(Type.String({ description: "null: nobody here exchanges interchanges with this sender" })),
      control: Type.String(),
      problems: Type.Array(Type.String()),
      sets: Type.Array(SetOutcome),
    }),
  ),
  reply: orNull(Type.String({ description: "TA1, 997 or CONTRL, and the business answers, as one file" })),
});
export type EdiAnswer = Static<typeof EdiAnswer>;

export const ediRoutes = {
  exchangeEdi: {
    method: "POST",
    path: "/v1/edi",
    group: "Orders",
    may: "orders:write",
    does: "X12 or EDIFACT as raw bytes (at most 10 MB). With Accept: application/edi-x12 or application/edifact the reply itself comes back (204 where there is none), with AS2-From and AS2-To exchanged; else what became of each set, as JSON.",
    consumes: "*/*",
    largest_bytes: 10 * 1_048_576,
    body: Type.Any(),
    answers: { 200: EdiAnswer },
  },
} as const satisfies RouteTable;
