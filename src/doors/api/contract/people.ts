import { Type, type Static } from "typebox";
import { idOf, object, orNull, permissionWords, text } from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const PersonBody = object({
  email: Type.String({ format: "email", maxLength: 254 }),
  name: text(200),
  participant: Type.Union([idOf("participant"), Type.Literal("network")]),
  may: Type.Array(permissionWords, { minItems: 1, maxItems: 6, uniqueItems: true }),
});
export type PersonBody = Static<typeof PersonBody>;

const PersonView = object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  memberships: Type.Array(
    object({
      participant: Type.Union([idOf("participant"), Type.Literal("network")]),
      may: Type.Array(permissionWords),
    }),
  ),
});

const PersonList = object({ people: Type.Array(PersonView) });

const PersonCreated = object({
  person: PersonView,
  password: orNull(Type.String({ description: "shown this once; null for a person who was known already" })),
});

export const peopleRoutes = {
  listPeople: {
    method: "GET",
    path: "/v1/people",
    group: "Network",
    may: "admin",
    does: "People who may sign in",
    answers: { 200: PersonList },
  },
  addPerson: {
    method: "POST",
    path: "/v1/people",
    group: "Network",
    may: "admin",
    does: "Let a person act for a participant",
    body: PersonBody,
    answers: { 201: PersonCreated },
  },
} as const satisfies RouteTable;
