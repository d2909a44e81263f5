import { Type, type Static, type TSchema } from "typebox";
import type { Permission } from "../../domain/index.ts";
import * as fleet from "./contract/fleet.ts";
import * as net from "./contract/network.ts";
import * as order from "./contract/orders.ts";
import { As, Cursor, idOf, Limit, Nothing, object } from "./contract/parts.ts";

export * from "./contract/parts.ts";
export * from "./contract/orders.ts";
export * from "./contract/fleet.ts";
export * from "./contract/network.ts";

/**
 * The API, written once: validation, TypeScript types and the OpenAPI document come from this table, and the console asks through it.
 * It runs in a browser too: nothing is imported but `typebox`.
 */
export interface RouteSpec {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `:name` for parameters. */
  readonly path: string;
  readonly does: string;
  readonly group: string;
  /** The permission it takes; null: everybody, without a key. */
  readonly may: Permission | null;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** JSON answers by status; every other status is a `Problem`. */
  readonly answers: Readonly<Record<number, TSchema>>;
  /** What comes instead of JSON, or what the body is instead of JSON. */
  readonly produces?: string;
  readonly consumes?: string;
}

const ofOrder = object({ id: idOf("order") });
const ofShift = object({ id: idOf("shift") });
const ofOffer = object({ id: idOf("offer") });
const ofEndpoint = object({ id: idOf("endpoint") });
const ForShipper = object({ shipper: Type.Optional(idOf("participant")) }, "for whom, where the operator asks");
const ForCarrier = object({ carrier: Type.Optional(idOf("participant")) }, "for whom, where the operator asks");
const Csv = Type.String({ description: "UTF-8 text" });

export const routes = {
  createOrder: {
    method: "POST",
    path: "/v1/orders",
    group: "Orders",
    may: "orders:write",
    does: "Place one order (201) or several (`{orders: […]}`, 200 with one outcome each). Idempotency-Key is honoured.",
    query: ForShipper,
    body: Type.Union([order.OrderBody, order.OrdersBody]),
    answers: { 200: order.OrdersAnswer, 201: order.OrderView },
  },
  quoteOrder: {
    method: "POST",
    path: "/v1/orders/quote",
    group: "Orders",
    may: "orders:write",
    does: "What it would cost and when it would be there, without placing it",
    query: ForShipper,
    body: Type.Union([order.OrderBody, order.OrdersBody]),
    answers: { 200: order.QuotesAnswer },
  },
  listOrders: {
    method: "GET",
    path: "/v1/orders",
    group: "Orders",
    may: "orders:read",
    does: "Orders, newest first, with counts by state",
    query: order.OrderListQuery,
    answers: { 200: order.OrderList },
  },
  getOrder: {
    method: "GET",
    path: "/v1/orders/:id",
    group: "Orders",
    may: "orders:read",
    does: "One order; its ETag is its version",
    params: ofOrder,
    answers: { 200: order.OrderView },
  },
  getOrderDetail: {
    method: "GET",
    path: "/v1/orders/:id/detail",
    group: "Orders",
    may: "orders:read",
    does: "One order with its legs, timeline, decisions, attempts, money and ways",
    params: ofOrder,
    answers: { 200: order.OrderDetail },
  },
  changeOrder: {
    method: "PATCH",
    path: "/v1/orders/:id",
    group: "Orders",
    may: "orders:write",
    does: "Change what may still be changed. If-Match is honoured.",
    params: ofOrder,
    body: order.OrderPatch,
    answers: { 200: order.OrderView },
  },
  cancelOrder: {
    method: "POST",
    path: "/v1/orders/:id/cancel",
    group: "Orders",
    may: "orders:write",
    does: "Cancel before pickup",
    params: ofOrder,
    body: order.CancelBody,
    answers: { 200: order.OrderView },
  },
  forgetOrder: {
    method: "POST",
    path: "/v1/orders/:id/forget",
    group: "Orders",
    may: "orders:write",
    does: "Erase the personal data of a closed order for ever",
    params: ofOrder,
    body: object({}),
    answers: { 200: order.OrderView },
  },
  cancelOrders: {
    method: "POST",
    path: "/v1/orders/cancel",
    group: "Orders",
    may: "orders:write",
    does: "Cancel several; one outcome each",
    body: order.CancelManyBody,
    answers: { 200: order.CancelManyAnswer },
  },
  importOrders: {
    method: "POST",
    path: "/v1/orders/import",
    group: "Orders",
    may: "orders:write",
    consumes: "text/csv",
    does: "Orders from CSV (at most 10 MB, 10,000 rows): good rows in, bad rows explained; dryRun=true only looks",
    query: object({
      shipper: Type.Optional(idOf("participant")),
      dryRun: Type.Optional(Type.Boolean({ default: false })),
    }),
    body: Csv,
    answers: { 200: order.ImportAnswer },
  },
  undoImport: {
    method: "POST",
    path: "/v1/imports/:id/undo",
    group: "Orders",
    may: "orders:write",
    does: "Cancel what an import brought; one outcome each",
    params: object({ id: idOf("import") }),
    body: object({}),
    answers: { 200: order.CancelManyAnswer },
  },
  orderTemplate: {
    method: "GET",
    path: "/v1/orders/template.csv",
    group: "Orders",
    may: null,
    does: "An empty order file with headings and two examples",
    produces: "text/csv",
    answers: { 200: Csv },
  },
  exportOrders: {
    method: "GET",
    path: "/v1/orders/export.csv",
    group: "Orders",
    may: "orders:read",
    does: "Orders as CSV, streamed",
    query: order.OrderExportQuery,
    produces: "text/csv",
    answers: { 200: Csv },
  },
  orderTimeline: {
    method: "GET",
    path: "/v1/orders/:id/timeline",
    group: "Orders",
    may: "orders:read",
    does: "What happened, in sequence",
    params: ofOrder,
    answers: { 200: object({ timeline: Type.Array(order.TimelineEntry) }) },
  },
  orderLegs: {
    method: "GET",
    path: "/v1/orders/:id/legs",
    group: "Orders",
    may: "orders:read",
    does: "The order's legs",
    params: ofOrder,
    answers: { 200: object({ legs: Type.Array(order.LegView) }) },
  },
  orderDecisions: {
    method: "GET",
    path: "/v1/orders/:id/decisions",
    group: "Orders",
    may: "orders:read",
    does: "Why it went to whom",
    params: ofOrder,
    answers: { 200: order.DecisionList },
  },
  orderMoney: {
    method: "GET",
    path: "/v1/orders/:id/money",
    group: "Orders",
    may: "orders:read",
    does: "Ledger lines",
    params: ofOrder,
    answers: { 200: object({ money: Type.Array(order.PostingView) }) },
  },
  orderAttempts: {
    method: "GET",
    path: "/v1/orders/:id/attempts",
    group: "Orders",
    may: "orders:read",
    does: "Each try at a pickup or a drop-off",
    params: ofOrder,
    answers: { 200: object({ attempts: Type.Array(order.AttemptView) }) },
  },
  listDecisions: {
    method: "GET",
    path: "/v1/decisions",
    group: "Insights",
    may: "orders:read",
    does: "Decisions, newest first",
    query: object({
      order: Type.Optional(idOf("order")),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Limit(200, 50)),
    }),
    answers: { 200: order.DecisionList },
  },
  summary: {
    method: "GET",
    path: "/v1/insights/summary",
    group: "Insights",
    may: "orders:read",
    does: "The measures of the orders placed in a span",
    query: net.SummaryQuery,
    answers: { 200: net.SummaryView },
  },

  listCouriers: {
    method: "GET",
    path: "/v1/couriers",
    group: "Fleet",
    may: "fleet:read",
    does: "Couriers",
    answers: { 200: fleet.CourierList },
  },
  hireCourier: {
    method: "POST",
    path: "/v1/couriers",
    group: "Fleet",
    may: "fleet:write",
    does: "Take on a courier",
    query: ForCarrier,
    body: fleet.CourierBody,
    answers: { 201: fleet.CourierView },
  },
  listShifts: {
    method: "GET",
    path: "/v1/shifts",
    group: "Fleet",
    may: "fleet:read",
    does: "Shifts that touch a span; today when none is given",
    query: fleet.ShiftQuery,
    answers: { 200: fleet.ShiftList },
  },
  planShift: {
    method: "POST",
    path: "/v1/shifts",
    group: "Fleet",
    may: "fleet:write",
    does: "Plan a shift",
    body: fleet.ShiftBody,
    answers: { 201: fleet.ShiftView },
  },
  startShift: {
    method: "POST",
    path: "/v1/shifts/:id/start",
    group: "Fleet",
    may: "fleet:write",
    does: "Go on duty",
    params: ofShift,
    body: object({}),
    answers: { 200: fleet.ShiftView },
  },
  endShift: {
    method: "POST",
    path: "/v1/shifts/:id/end",
    group: "Fleet",
    may: "fleet:write",
    does: "Go off duty",
    params: ofShift,
    body: object({}),
    answers: { 200: fleet.ShiftView },
  },
  tellPositions: {
    method: "POST",
    path: "/v1/positions",
    group: "Fleet",
    may: "fleet:write",
    does: "Where couriers are: one, or `{positions: […]}`",
    body: Type.Union([fleet.PositionBody, fleet.PositionsBody]),
    answers: { 200: fleet.PositionsAnswer },
  },
  reportLeg: {
    method: "POST",
    path: "/v1/legs/:id/report",
    group: "Fleet",
    may: "fleet:write",
    does: "What a courier says of a leg",
    params: object({ id: idOf("leg") }),
    body: fleet.LegReportBody,
    answers: { 200: order.LegView },
  },
  listOffers: {
    method: "GET",
    path: "/v1/offers",
    group: "Fleet",
    may: "fleet:read",
    does: "Offers that wait for an answer",
    answers: { 200: fleet.OfferList },
  },
  acceptOffer: {
    method: "POST",
    path: "/v1/offers/:id/accept",
    group: "Fleet",
    may: "fleet:write",
    does: "Say yes to an offer",
    params: ofOffer,
    body: object({}),
    answers: { 200: fleet.OfferView },
  },
  refuseOffer: {
    method: "POST",
    path: "/v1/offers/:id/refuse",
    group: "Fleet",
    may: "fleet:write",
    does: "Say no to an offer",
    params: ofOffer,
    body: fleet.OfferRefuseBody,
    answers: { 200: fleet.OfferView },
  },

  live: {
    method: "GET",
    path: "/v1/live",
    group: "Live",
    may: "orders:read",
    does: "What moves now",
    answers: { 200: net.LiveAnswer },
  },
  liveWays: {
    method: "GET",
    path: "/v1/live/ways",
    group: "Live",
    may: "orders:read",
    does: "Running routes as lines on the map",
    answers: { 200: net.WaysAnswer },
  },
  liveStream: {
    method: "GET",
    path: "/v1/live/stream",
    group: "Live",
    may: "orders:read",
    produces: "text/event-stream",
    does: "`live` (a LiveAnswer, at most one a second), `ways` (a WaysAnswer of what changed), `happened` (a TimelineEntry; its id is the feed position, resumable by Last-Event-ID), `clock` (a ClockView, in the demo)",
    query: net.StreamQuery,
    answers: { 200: Type.String() },
  },
  eventStream: {
    method: "GET",
    path: "/v1/events/stream",
    group: "Live",
    may: "orders:read",
    produces: "text/event-stream",
    does: "Every sealed event as CloudEvents 1.0 JSON, from the beginning or after Last-Event-ID",
    query: net.StreamQuery,
    answers: { 200: Type.String() },
  },
  clock: {
    method: "GET",
    path: "/v1/clock",
    group: "Live",
    may: null,
    does: "The network's time",
    answers: { 200: net.ClockView },
  },
  setClock: {
    method: "POST",
    path: "/v1/clock",
    group: "Live",
    may: "admin",
    does: "Pause, play or step the demo's clock",
    body: net.ClockBody,
    answers: { 200: net.ClockView },
  },

  city: {
    method: "GET",
    path: "/v1/city",
    group: "City",
    may: null,
    does: "The loaded city",
    answers: { 200: net.CityView },
  },
  cityTile: {
    method: "GET",
    path: "/v1/city/tiles/:z/:x/:y",
    group: "City",
    may: null,
    does: "A Mapbox vector tile; 204 where there is nothing",
    params: net.TileParams,
    produces: "application/vnd.mapbox-vector-tile",
    answers: { 200: Type.Any(), 204: Nothing },
  },
  findPlaces: {
    method: "GET",
    path: "/v1/places",
    group: "City",
    may: "orders:read",
    does: "Address search over the loaded city",
    query: net.PlaceSearchQuery,
    answers: { 200: net.PlaceList },
  },
  placeAt: {
    method: "GET",
    path: "/v1/places/at",
    group: "City",
    may: "orders:read",
    does: "The address nearest to a point, and whether a road reaches it",
    query: net.PlaceAtQuery,
    answers: { 200: net.PlaceAtAnswer },
  },

  listParticipants: {
    method: "GET",
    path: "/v1/participants",
    group: "Network",
    may: "orders:read",
    does: "The organisations of the network",
    answers: { 200: fleet.ParticipantList },
  },
  joinParticipant: {
    method: "POST",
    path: "/v1/participants",
    group: "Network",
    may: "admin",
    does: "Let an organisation in (the operator only)",
    body: fleet.ParticipantBody,
    answers: { 201: fleet.ParticipantView },
  },
  listConnections: {
    method: "GET",
    path: "/v1/connections",
    group: "Network",
    may: "orders:read",
    does: "How the platforms' connections fare",
    answers: { 200: net.ConnectionList },
  },
  listKeys: {
    method: "GET",
    path: "/v1/keys",
    group: "Network",
    may: "admin",
    does: "API keys, without their secrets",
    answers: { 200: net.KeyList },
  },
  createKey: {
    method: "POST",
    path: "/v1/keys",
    group: "Network",
    may: "admin",
    does: "A new API key; the whole key is in this answer alone",
    body: net.KeyBody,
    answers: { 201: net.KeyCreated },
  },
  revokeKey: {
    method: "DELETE",
    path: "/v1/keys/:id",
    group: "Network",
    may: "admin",
    does: "Revoke a key; it stops working within 5 seconds",
    params: object({ id: idOf("key") }),
    answers: { 200: net.KeyView },
  },
  listEndpoints: {
    method: "GET",
    path: "/v1/endpoints",
    group: "Webhooks",
    may: "admin",
    does: "Where events are sent",
    answers: { 200: net.EndpointList },
  },
  createEndpoint: {
    method: "POST",
    path: "/v1/endpoints",
    group: "Webhooks",
    may: "admin",
    does: "Send events to a URL from now on (Standard Webhooks)",
    body: net.EndpointBody,
    answers: { 201: net.EndpointCreated },
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
    answers: { 200: net.TryList },
  },
  replayEndpoint: {
    method: "POST",
    path: "/v1/endpoints/:id/replay",
    group: "Webhooks",
    may: "admin",
    does: "Send everything after a position again",
    params: ofEndpoint,
    body: net.ReplayBody,
    answers: { 200: net.EndpointView },
  },
  listPeople: {
    method: "GET",
    path: "/v1/people",
    group: "Network",
    may: "admin",
    does: "People who may sign in",
    answers: { 200: net.PersonList },
  },
  addPerson: {
    method: "POST",
    path: "/v1/people",
    group: "Network",
    may: "admin",
    does: "Let a person act for a participant",
    body: net.PersonBody,
    answers: { 201: net.PersonCreated },
  },

  session: {
    method: "GET",
    path: "/v1/session",
    group: "Session",
    may: null,
    does: "Who am I, and for whom may I act",
    query: object({ as: As }),
    answers: { 200: net.SessionView },
  },
  signIn: {
    method: "POST",
    path: "/v1/session",
    group: "Session",
    may: null,
    does: "Sign in by e-mail and password",
    body: net.SignInBody,
    answers: { 200: net.SessionView },
  },
  signInDemo: {
    method: "POST",
    path: "/v1/session/demo",
    group: "Session",
    may: null,
    does: "Sign in as the demo's operator (demo on this machine only)",
    body: object({}),
    answers: { 200: net.SessionView },
  },
  signOut: {
    method: "DELETE",
    path: "/v1/session",
    group: "Session",
    may: null,
    does: "Sign out",
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
  healthz: {
    method: "GET",
    path: "/healthz",
    group: "Operation",
    may: null,
    does: "The process answers",
    answers: { 200: net.Health },
  },
  readyz: {
    method: "GET",
    path: "/readyz",
    group: "Operation",
    may: null,
    does: "Store and journey are running",
    answers: { 200: net.Health, 503: net.Health },
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    group: "Operation",
    may: null,
    does: "Prometheus text",
    produces: "text/plain",
    answers: { 200: Type.String() },
  },
} as const satisfies Readonly<Record<string, RouteSpec>>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
type Shape<R, Part extends string> = R extends { readonly [P in Part]: infer S extends TSchema }
  ? Static<S>
  : undefined;

/** What a route's parts look like, by its name: `Body<"createOrder">`, `Answer<"listOrders">`. */
export type Params<N extends RouteName> = Shape<Routes[N], "params">;
export type Query<N extends RouteName> = Shape<Routes[N], "query">;
export type Body<N extends RouteName> = Shape<Routes[N], "body">;
export type Answer<N extends RouteName> = Routes[N]["answers"][keyof Routes[N]["answers"]] extends infer S
  ? S extends TSchema
    ? Static<S>
    : never
  : never;

/** The URL of a route, e.g. `pathTo("getOrder", { id })`, `pathTo("listOrders", null, { state: ["placed"] })`. */
export function pathTo<N extends RouteName>(name: N, params?: Params<N> | null, query?: Query<N> | null): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, part: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[part])),
  );
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    for (const one of Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])
      asked.append(key, String(one));
  return asked.size > 0 ? `${path}?${asked.toString()}` : path;
}
