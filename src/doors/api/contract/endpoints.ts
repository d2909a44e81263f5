import { Type, type Static } from "typebox";
import { idOf, IsoInstant, Limit, Nothing, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const form = Type.Enum(["events", "deliveries"], {
  description: "every event as a CloudEvent, or each delivery that changed, as the carrier API says",
});

const EndpointBody = object({
  url: Type.String({ format: "uri", pattern: "^https?://", maxLength: 2000 }),
  form: Type.Optional(form),
});

export const EndpointView = object({
  id: idOf("endpoint"),
  participant: idOf("participant"),
  url: Type.String(),
  form,
  active: Type.Boolean(),
  position: Type.Integer(),
  failures: Type.Integer(),
  retryAt: orNull(IsoInstant),
  createdAt: IsoInstant,
});
export type EndpointView = Static<typeof EndpointView>;

const EndpointList = object({ endpoints: Type.Array(EndpointView) });

const EndpointCreated = object({
  endpoint: EndpointView,
  secret: Type.String({ description: "whsec_…, shown this once" }),
});

const TryView = object({
  event: idOf("event"),
  position: Type.Integer(),
  at: IsoInstant,
  status: orNull(Type.Integer()),
  error: orNull(Type.String()),
});
export type TryView = Static<typeof TryView>;

const TryList = object({ tries: Type.Array(TryView, { description: "newest first" }) });

const ReplayBody = object({
  position: Type.Integer({ minimum: 0, description: "everything after this feed position is sent again" }),
});

const ofEndpoint = object({ id: idOf("endpoint") });

export const endpointRoutes = {
  listEndpoints: {
    method: "GET",
    path: "/v1/endpoints",
    group: "Webhooks",
    may: "admin",
    does: "Where events are sent",
    answers: { 200: EndpointList },
  },
  createEndpoint: {
    method: "POST",
    path: "/v1/endpoints",
    group: "Webhooks",
    may: "admin",
    does: "Send events to a URL from now on (Standard Webhooks)",
    body: EndpointBody,
    answers: { 201: EndpointCreated },
  },
  removeEndpoint: {
    method: "DELETE",
    path: "/v1/endpoints/:id",
    group: "Webhooks",
    may: "admin",
    does: "Send no more",
    params: ofEndpoint,
    answers: { 204: Nothing },
  },
  endpointTries: {
    method: "GET",
    path: "/v1/endpoints/:id/tries",
    group: "Webhooks",
    may: "admin",
    does: "The latest tries to deliver",
    params: ofEndpoint,
    query: object({ limit: Type.Optional(Limit(200, 50)) }),
    answers: { 200: TryList },
  },
  replayEndpoint: {
    method: "POST",
    path: "/v1/endpoints/:id/replay",
    group: "Webhooks",
    may: "admin",
    does: "Send everything after a position again",
    params: ofEndpoint,
    body: ReplayBody,
    answers: { 200: EndpointView },
  },
} as const satisfies RouteTable;
