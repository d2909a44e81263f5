import { Type, type Static } from "typebox";
import { idOf, IsoInstant, object, orNull, permissionWords, text } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const KeyBody = object({
  name: text(100),
  may: Type.Array(permissionWords, { minItems: 1, maxItems: 6, uniqueItems: true }),
});

export const KeyView = object({
  id: idOf("key"),
  participant: Type.Union([idOf("participant"), Type.Literal("network")]),
  name: Type.String(),
  may: Type.Array(permissionWords),
  createdAt: IsoInstant,
  revokedAt: orNull(IsoInstant),
});
export type KeyView = Static<typeof KeyView>;

const KeyList = object({ keys: Type.Array(KeyView) });

export const KeyCreated = object({
  key: KeyView,
  secret: Type.String({ description: "the whole key, shown this once" }),
});
export type KeyCreated = Static<typeof KeyCreated>;

export const keyRoutes = {
  listKeys: {
    method: "GET",
    path: "/v1/keys",
    group: "Network",
    may: "admin",
    does: "API keys, without their secrets",
    answers: { 200: KeyList },
  },
  createKey: {
    method: "POST",
    path: "/v1/keys",
    group: "Network",
    may: "admin",
    does: "A new API key; the whole key is in this answer alone",
    body: KeyBody,
    answers: { 201: KeyCreated },
  },
  revokeKey: {
    method: "DELETE",
    path: "/v1/keys/:id",
    group: "Network",
    may: "admin",
    does: "Revoke a key; it stops working within 5 seconds",
    params: object({ id: idOf("key") }),
    answers: { 200: KeyView },
  },
} as const satisfies RouteTable;
