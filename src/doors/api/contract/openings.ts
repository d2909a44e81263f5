import { Type, type Static } from "typebox";
import { Cursor, idOf, IsoInstant, Limit, Named, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const OpeningView = object(
  {
    at: IsoInstant,
    by: Type.String({ description: "person:…, the id of a key, or a process of the network" }),
    byName: orNull(Type.String({ description: "the person's name, where you may see the person" })),
    actingFor: orNull(Named),
    purpose: Type.Enum(["carry", "support", "export", "hot_state"]),
    kind: Type.Enum(["contact", "goods", "proof", "courier"]),
    subject: idOf("subject"),
    owner: Named,
  },
  "Somebody opened personal data; `actingFor` is null for the network itself",
);
export type OpeningView = Static<typeof OpeningView>;

export const openingRoutes = {
  listOpenings: {
    method: "GET",
    path: "/v1/openings",
    group: "Audit",
    may: "audit:read",
    does: "Who opened personal data of yours, when and what for, newest first; `order`: of this order alone",
    query: object({
      order: Type.Optional(idOf("order")),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Limit(500, 100)),
    }),
    answers: { 200: object({ openings: Type.Array(OpeningView), next: orNull(Cursor) }) },
  },
} as const satisfies RouteTable;
