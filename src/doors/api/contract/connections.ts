import { Type, type Static } from "typebox";
import { idOf, IsoInstant, Named, Nothing, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const LinkView = object(
  {
    platform: Type.String({ description: "whose protocol is spoken, e.g. uber-direct" }),
    credentials: Type.Array(Type.String(), { description: "their names; what they are is never shown again" }),
    baseUrl: orNull(Type.String({ description: "asked there instead of at the platform's own address" })),
    fallbackPhone: Type.String(),
    hookUrl: Type.String({ description: "to be named to the platform as the address of its webhooks" }),
    linkedAt: IsoInstant,
    changedAt: IsoInstant,
    changedBy: Type.String(),
  },
  "A platform's account as its participant has linked it",
);
export type LinkView = Static<typeof LinkView>;

const Guard = object(
  {
    circuit: object({
      state: Type.Enum(["closed", "open", "half_open"], {
        description: "open: no call goes out; half_open: one, to see",
      }),
      until: orNull(IsoInstant),
      inARow: Type.Integer({ description: "outages in a row so far" }),
      trips: Type.Integer({ description: "how often it has opened" }),
    }),
    load: object({
      running: Type.Integer(),
      waiting: Type.Integer(),
      most: Type.Integer(),
      mostWaiting: Type.Integer(),
      turnedAway: Type.Integer(),
    }),
    quotas: Type.Array(
      object({
        name: Type.String(),
        calls: Type.Integer(),
        perSeconds: Type.Integer(),
        left: Type.Integer(),
        freeAt: orNull(IsoInstant),
      }),
      { description: "the platform's own limits; empty where it publishes none" },
    ),
    pausedUntil: orNull(IsoInstant),
    turnedAway: Type.Integer({ description: "calls that were kept back for a limit" }),
    quotesShort: Type.Boolean({ description: "so few are left that only those are asked for that could win" }),
    quotesLeft: orNull(Type.Integer({ description: "null: as many as one likes" })),
  },
  "What stands between a connection and the network",
);

const Freshness = object(
  {
    facts: Type.Array(
      object({
        fact: Type.Enum(["status", "position"]),
        levelSeconds: orNull(Type.Integer({ description: "the oldest it may be; null: the platform does not say it" })),
        watched: Type.Integer({ description: "deliveries under way" }),
        stale: Type.Integer({ description: "so many are older now" }),
        oldestSeconds: orNull(Type.Integer()),
        breaches: Type.Integer({ description: "how often one became so" }),
      }),
    ),
    quoteSeconds: Type.Integer({ description: "how long a quote counts that names no end" }),
    trust: Type.Enum(["full", "down_weighted", "excluded"], {
      description: "down_weighted: it counts as dearer than it says; excluded: it is left out of new rounds",
    }),
    why: orNull(Type.String()),
  },
  "How old what we know of its deliveries is, and what follows",
);

const Accuracy = object(
  {
    asked: Type.Integer(),
    unanswered: Type.Integer(),
    fieldsCompared: Type.Integer(),
    fieldsEqual: Type.Integer(),
    repairs: Type.Integer({ description: "answers that changed our record; each is a SyncRepaired" }),
    unrepaired: Type.Integer({ description: "answers that differ from it and change nothing" }),
    secondsToRepair: orNull(object({ p50: Type.Integer(), p90: Type.Integer() })),
  },
  "How well our record agrees with what the platform says when it is asked",
);

const Asking = object(
  {
    startedAt: IsoInstant,
    endedAt: orNull(IsoInstant),
    deliveries: Type.Integer(),
    answered: Type.Integer(),
    unanswered: Type.Integer(),
    repaired: Type.Integer(),
    unrepaired: Type.Integer(),
  },
  "The platform is asked for all deliveries under way; endedAt is null while that goes on",
);

export const ConnectionView = object({
  participant: Named,
  connector: Type.String(),
  version: orNull(Type.String({ description: "which of the platform's API is spoken" })),
  /** Null where the program itself has linked it, as the demo does, and for those who are not administrators. */
  link: orNull(LinkView),
  health: object({
    calls: Type.Integer(),
    refusals: Type.Integer(),
    outages: Type.Integer(),
    webhooks: Type.Integer(),
    webhooksRefused: Type.Integer(),
    lastAnswerAt: orNull(IsoInstant),
    lastFailure: orNull(object({ at: IsoInstant, operation: Type.String(), what: Type.String() })),
    latencyMs: orNull(object({ p50: Type.Number(), p99: Type.Number() })),
    unknown: Type.Record(Type.String(), Type.Integer()),
  }),
  /** Null where nothing guards it. */
  guard: orNull(Guard),
  freshness: Freshness,
  accuracy: Accuracy,
  /** The last time that somebody had all its deliveries asked for; null: nobody since the start. */
  asking: orNull(Asking),
});
export type ConnectionView = Static<typeof ConnectionView>;

const Message = object(
  {
    headers: Type.Record(Type.String(), Type.String()),
    body: orNull(Type.String({ description: "JSON in lines" })),
  },
  "As it stood on the wire, with everything masked that may tell of a person, a place or a secret",
);

export const FailedCallView = object({
  at: IsoInstant,
  kind: Type.Enum(["outage", "refusal", "webhook"]),
  method: Type.String(),
  url: Type.String({ description: "host and path, ids masked" }),
  status: orNull(Type.Integer()),
  why: Type.String(),
  tookMs: orNull(Type.Number()),
  request: Message,
  answer: orNull(Message),
});
export type FailedCallView = Static<typeof FailedCallView>;

const FailedCalls = object(
  { failures: Type.Array(FailedCallView) },
  "The newest first; in memory alone, ten of each kind at most",
);

const ConnectionList = object({
  connections: Type.Array(ConnectionView),
  platforms: Type.Array(
    object({
      platform: Type.String(),
      name: Type.String(),
      credentials: Type.Array(Type.String()),
      baseUrl: orNull(Type.String({ description: "null where each carrier has its own, which linking then takes" })),
    }),
    { description: "what can be linked, and which credentials that takes; nothing in the demo" },
  ),
});

const Credentials = Type.Record(
  Type.String({ pattern: "^[a-z_]{1,60}$" }),
  Type.String({ minLength: 1, maxLength: 2000 }),
  { maxProperties: 20, description: "by the names that the platform's portal gives them; never shown again" },
);
const BaseUrl = Type.String({
  format: "uri",
  pattern: "^https?://[^?#]+$",
  maxLength: 500,
  description: "asked there instead of at the platform's own address, e.g. a simulator's; the operator only",
});
const FallbackPhone = Type.String({
  pattern: "^\\+[1-9][0-9]{6,14}$",
  description: "in E.164; called for a contact without a number",
});

const ConnectionBody = object({
  participant: idOf("participant"),
  credentials: Credentials,
  baseUrl: Type.Optional(orNull(BaseUrl)),
  fallbackPhone: FallbackPhone,
});

const ConnectionPatch = object({
  credentials: Type.Optional(Credentials),
  baseUrl: Type.Optional(orNull(BaseUrl)),
  fallbackPhone: Type.Optional(FallbackPhone),
});

const ConnectionTest = object({
  works: Type.Boolean(),
  why: orNull(Type.String({ description: "in the platform's or the network's words; null when it works" })),
  latencyMs: Type.Number(),
});

const ofParticipant = object({ participant: idOf("participant") });

export const connectionRoutes = {
  listConnections: {
    method: "GET",
    path: "/v1/connections",
    group: "Network",
    may: "orders:read",
    does: "How the platforms' connections fare",
    answers: { 200: ConnectionList },
  },
  linkPlatform: {
    method: "POST",
    path: "/v1/connections",
    group: "Network",
    may: "admin",
    does: "Link a platform participant with its own account",
    body: ConnectionBody,
    answers: { 201: LinkView },
  },
  changeLink: {
    method: "PATCH",
    path: "/v1/connections/:participant",
    group: "Network",
    may: "admin",
    does: "Replace credentials (those that are named), the address or the telephone",
    params: ofParticipant,
    body: ConnectionPatch,
    answers: { 200: LinkView },
  },
  testLink: {
    method: "POST",
    path: "/v1/connections/:participant/test",
    group: "Network",
    may: "admin",
    does: "Ask the platform for something that it does not have: whether it knows us",
    params: ofParticipant,
    body: object({}),
    answers: { 200: ConnectionTest },
  },
  connectionFailures: {
    method: "GET",
    path: "/v1/connections/:participant/failures",
    group: "Network",
    may: "admin",
    does: "The last calls that failed, with request and answer, masked",
    params: ofParticipant,
    answers: { 200: FailedCalls },
  },
  reconcile: {
    method: "POST",
    path: "/v1/connections/:participant/reconcile",
    group: "Network",
    may: "admin",
    does: "Ask the platform for all deliveries under way, and put right what differs; how that goes is told with the connection",
    params: ofParticipant,
    body: object({}),
    answers: { 202: Asking },
  },
  unlinkPlatform: {
    method: "DELETE",
    path: "/v1/connections/:participant",
    group: "Network",
    may: "admin",
    does: "Forget the account; refused while deliveries are under way",
    params: ofParticipant,
    answers: { 204: Nothing },
  },
  hook: {
    method: "POST",
    path: "/hooks/:connector",
    group: "Platforms",
    may: null,
    does: "A platform's webhook, signed in the platform's own way",
    params: object({ connector: Type.String({ pattern: "^[a-z0-9-]{1,60}$" }) }),
    consumes: "*/*",
    body: Type.Any(),
    answers: { 200: object({ applied: Type.Integer() }) },
  },
} as const satisfies RouteTable;
