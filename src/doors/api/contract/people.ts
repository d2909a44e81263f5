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
  active: Type.Boolean({ description: "false: kept out, cannot sign in" }),
  passwordHandedOut: Type.Boolean({ description: "the password was made by somebody else and is still in use" }),
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

const PasswordReset = object({
  person: PersonView,
  password: Type.String({ description: "shown this once; the person's sessions have ended" }),
});

const ofPerson = object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

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
  resetPassword: {
    method: "POST",
    path: "/v1/people/:id/password",
    group: "Network",
    may: "admin",
    does: "A new password for somebody who has lost theirs; their sessions end",
    params: ofPerson,
    body: object({}),
    answers: { 200: PasswordReset },
  },
  keepPersonOut: {
    method: "POST",
    path: "/v1/people/:id/disable",
    group: "Network",
    may: "admin",
    does: "Keep somebody out; their sessions end at once",
    params: ofPerson,
    body: object({}),
    answers: { 200: PersonView },
  },
  letPersonIn: {
    method: "POST",
    path: "/v1/people/:id/enable",
    group: "Network",
    may: "admin",
    does: "Let somebody in again who was kept out",
    params: ofPerson,
    body: object({}),
    answers: { 200: PersonView },
  },
} as const satisfies RouteTable;
