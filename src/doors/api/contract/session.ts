import { Type, type Static } from "typebox";
import { As, idOf, Nothing, object, orNull, permissionWords } from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const SessionView = object({
  person: orNull(
    object({
      id: Type.String(),
      email: Type.String(),
      name: Type.String(),
      passwordHandedOut: Type.Boolean({
        description: "the password was made by somebody else: everything else is refused until another is chosen",
      }),
    }),
  ),
  viewer: orNull(object({ id: Type.Union([idOf("participant"), Type.Literal("network")]), name: Type.String() })),
  may: Type.Array(permissionWords),
  views: Type.Array(
    object({
      id: Type.Union([idOf("participant"), Type.Literal("network")]),
      name: Type.String(),
      roles: Type.Array(Type.String()),
    }),
    { description: "on whose behalf this person may look and act: name one in the header Milepool-As" },
  ),
  demo: Type.Boolean(),
  version: Type.String(),
});
export type SessionView = Static<typeof SessionView>;

const SignInBody = object({
  email: Type.String({ format: "email", maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});

const PasswordBody = object({
  current: Type.String({ minLength: 1, maxLength: 200 }),
  next: Type.String({ minLength: 10, maxLength: 200, description: "10 to 200 characters" }),
});

export const sessionRoutes = {
  session: {
    method: "GET",
    path: "/v1/session",
    group: "Session",
    may: null,
    does: "Who am I, and for whom may I act",
    query: object({ as: As }),
    answers: { 200: SessionView },
  },
  signIn: {
    method: "POST",
    path: "/v1/session",
    group: "Session",
    may: null,
    does: "Sign in by e-mail and password",
    body: SignInBody,
    answers: { 200: SessionView },
  },
  signInDemo: {
    method: "POST",
    path: "/v1/session/demo",
    group: "Session",
    may: null,
    does: "Sign in as the demo's operator (demo on this machine only)",
    body: object({}),
    answers: { 200: SessionView },
  },
  changePassword: {
    method: "POST",
    path: "/v1/session/password",
    group: "Session",
    may: null,
    does: "A password of one's own choice; all other sessions of the person end",
    body: PasswordBody,
    answers: { 200: SessionView },
  },
  signOut: {
    method: "DELETE",
    path: "/v1/session",
    group: "Session",
    may: null,
    does: "Sign out",
    answers: { 204: Nothing },
  },
} as const satisfies RouteTable;
