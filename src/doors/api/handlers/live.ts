import type { Courier, Leg, Order, Route, Scope } from "../../../domain/index.ts";
import type { CourierId, LegId, ShiftId } from "../../../kernel/id.ts";
import type { Point } from "../../../kernel/point.ts";
import { seconds, toIso, type Instant } from "../../../kernel/quantity.ts";
import { endOfFeed, mayReadEvent, toCloudEvent } from "../../feeds/index.ts";
import type { LiveView } from "../../network.ts";
import type { ClockView, LiveAnswer, LiveCourier, LiveLeg, RouteWay, SummaryView, WaysAnswer } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { Refused } from "../problems.ts";
import { readInstantOrNull } from "../requests.ts";
import { openStream, resumeAfter, type Stream } from "../sse.ts";
import { estimateView, named, timelineEntry, windowView, type Directory } from "../views.ts";
import { knownCourierNames } from "./couriers.ts";

const pair = ([longitude, latitude]: Point): [number, number] => [longitude, latitude];
const seen = (position: { readonly point: Point; readonly at: Instant }, now: Instant) => ({
  point: pair(position.point),
  at: toIso(position.at),
  ageSeconds: Math.max(0, (now - position.at) / 1000),
});

/** The legs that are the viewer's business: its own orders', and those it carries. */
const ownLeg = (scope: Scope, leg: Leg, order: Order): boolean =>
  scope.viewer === "network" || order.shipper === scope.viewer || leg.assignment?.carrier === scope.viewer;

async function liveAnswer(api: Api, scope: Scope): Promise<LiveAnswer> {
  const view = api.network.live(scope);
  const legs = view.legs.filter(({ leg, order }) => ownLeg(scope, leg, order));
  const known = new Set(legs.map(({ leg }) => leg.id));
  const [directory, names] = await Promise.all([
    api.directory(),
    knownCourierNames(
      api,
      scope,
      view.couriers.map(({ courier }) => courier.id),
    ),
  ]);
  return {
    now: toIso(view.now),
    couriers: view.couriers.flatMap((one) => liveCourier(scope, directory, view.now, one, known, names)),
    legs: legs.map((one) => liveLeg(scope, directory, view.now, one)),
  };
}

/** Another carrier's courier is shown to a shipper only with the stops of the shipper's own legs, and not at all when it has none. */
function liveCourier(
  scope: Scope,
  directory: Directory,
  now: Instant,
  { courier, shift, position, route, parking }: LiveView["couriers"][number],
  known: ReadonlySet<LegId>,
  names: ReadonlyMap<CourierId, string>,
): readonly LiveCourier[] {
  const own = ownCourier(scope, courier);
  const all = route.stops.map((stop, i) => ({ ...stop, parking: parking[i] ?? null }));
  const stops = own ? all : all.filter(({ leg }) => known.has(leg));
  if (!own && stops.length === 0) return [];
  return [
    {
      id: courier.id,
      name: names.get(courier.id) ?? null,
      carrier: named(directory, courier.carrier),
      profile: courier.vehicle.profile,
      shift: shift.id,
      shiftEndsAt: toIso(shift.endsAt),
      position: position && seen(position, now),
      routeVersion: route.version,
      stops: stops.map(({ leg, kind, place, arrive, depart, parking: parked }) => ({
        leg,
        kind,
        point: pair(place.point),
        arrive: toIso(arrive),
        depart: toIso(depart),
        parkAt: parked && { point: pair(parked.point), road: parked.road, walkSeconds: parked.walk },
      })),
    },
  ];
}

const ownCourier = (scope: Scope, courier: Courier): boolean =>
  scope.viewer === "network" || courier.carrier === scope.viewer;

function liveLeg(
  scope: Scope,
  directory: Directory,
  now: Instant,
  { leg, order, carrierPosition }: LiveView["legs"][number],
): LiveLeg {
  const own = scope.viewer === "network" || order.shipper === scope.viewer;
  return {
    id: leg.id,
    order: order.id,
    reference: own ? order.reference : null,
    kind: leg.kind,
    state: leg.state,
    orderState: order.state,
    shipper: named(directory, order.shipper),
    carrier: leg.assignment && named(directory, leg.assignment.carrier),
    courier: leg.assignment?.courier ?? null,
    from: pair(leg.from.point),
    to: pair(leg.to.point),
    pickupWindow: windowView(leg.pickupWindow),
    dropoffWindow: windowView(leg.dropoffWindow),
    estimate: estimateView(leg.estimate),
    carrierPosition: carrierPosition && seen(carrierPosition, now),
  };
}

export const live = (api: Api, { scope }: Asked<"live">): Promise<LiveAnswer> => liveAnswer(api, scope);

/** Lines of the viewer's own couriers' routes; a route is drawn once per version. */
const drawn = new WeakMap<Api, Map<ShiftId, { readonly version: number; readonly way: Promise<readonly Point[]> }>>();

async function waysOf(api: Api, scope: Scope, changedFrom: ReadonlyMap<ShiftId, number>): Promise<RouteWay[]> {
  const known = drawn.get(api) ?? new Map();
  drawn.set(api, known);
  const couriers = api.network
    .live(scope)
    .couriers.filter(
      ({ courier, route }) => ownCourier(scope, courier) && changedFrom.get(route.shift) !== route.version,
    );
  return Promise.all(
    couriers.map(async ({ courier, route }) => ({
      shift: route.shift,
      version: route.version,
      way: (await wayOf(known, route, courier)).map(pair),
    })),
  );

  function wayOf(
    lines: NonNullable<ReturnType<typeof drawn.get>>,
    route: Route,
    courier: Courier,
  ): Promise<readonly Point[]> {
    const found = lines.get(route.shift);
    if (found?.version === route.version) return found.way;
    const points = [route.from, ...route.stops.map(({ place }) => place.point)];
    const way = route.stops.length === 0 ? Promise.resolve([]) : api.network.route(points, courier.vehicle.profile);
    if (lines.size > 20_000) lines.clear();
    lines.set(route.shift, { version: route.version, way });
    way.catch(() => lines.delete(route.shift));
    return way;
  }
}

export const liveWays = async (api: Api, { scope }: Asked<"liveWays">): Promise<WaysAnswer> => ({
  ways: await waysOf(api, scope, new Map()),
});

const page = 500;
/** Ticks at most once a second, and only when something moved; what happened in between follows from the feed. */
export async function liveStream(api: Api, { scope, query, request, reply }: Asked<"liveStream">): Promise<void> {
  const resumed = resumeAfter(request.headers["last-event-id"], query.after);
  let position = resumed ?? (await endOfFeed(api.network.reads, scope));
  const stream = openStream(reply, scope.by);
  const drawnVersions = new Map<ShiftId, number>();
  let last = "";

  await everySecond(stream, async () => {
    const answer = await liveAnswer(api, scope);
    const text = JSON.stringify(answer);
    if (text !== last) stream.send({ name: "live", data: text });
    last = text;
    const ways = await waysOf(api, scope, drawnVersions);
    for (const { shift, version } of ways) drawnVersions.set(shift, version);
    if (ways.length > 0) stream.send({ name: "ways", data: { ways } });
    if (api.network.clockControl) stream.send({ name: "clock", data: clockView(api) });
    position = await sendHappened(api, scope, stream, position);
  });
}

async function sendHappened(api: Api, scope: Scope, stream: Stream, from: number): Promise<number> {
  let position = from;
  for (const one of await api.network.reads.feed(scope, position, page)) {
    position = one.position;
    if (mayReadEvent(scope, one.event, new Set()))
      stream.send({ name: "happened", id: one.position, data: timelineEntry(scope, one.event) });
  }
  return position;
}

/** Runs `tick` now and then every second until the reader is gone; a slow tick delays the next, and never meets it. */
async function everySecond(stream: Stream, tick: () => Promise<void>): Promise<void> {
  let wake: () => void = () => {};
  stream.onClose(() => wake());
  while (!stream.closed) {
    const started = Date.now();
    // The reader of a stream that breaks comes back by itself and goes on where it was.
    await tick().catch(() => stream.end());
    if (stream.closed) break;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(50, 1000 - (Date.now() - started)));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Every sealed event as a CloudEvent, at once when it is sealed; from the beginning unless told where to go on. */
export async function eventStream(api: Api, { scope, query, request, reply }: Asked<"eventStream">): Promise<void> {
  let position = resumeAfter(request.headers["last-event-id"], query.after) ?? 0;
  const stream = openStream(reply, scope.by);
  let news = true;
  let wake: () => void = () => {};
  const stop = api.network.onFeed(() => {
    news = true;
    wake();
  });
  stream.onClose(() => {
    stop();
    wake();
  });
  while (!stream.closed) {
    news = false;
    const events = await api.network.reads.feed(scope, position, page).catch(() => null);
    if (events === null) return stream.end();
    for (const one of events) {
      position = one.position;
      if (!mayReadEvent(scope, one.event, new Set())) continue;
      const event = toCloudEvent(scope, one.position, one.event, `${api.publicUrl}/v1`);
      stream.send({ name: event.type, id: one.position, data: event });
    }
    if (events.length === page || news || stream.closed) continue;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

function clockView({ network }: Api): ClockView {
  const state = network.clockControl?.state();
  return state
    ? { now: toIso(state.now), speed: state.speed, paused: state.paused }
    : { now: toIso(network.clock.now()), speed: 1, paused: false };
}

export const clock = (api: Api): ClockView => clockView(api);

export async function setClock(api: Api, { body }: Asked<"setClock">): Promise<ClockView> {
  const control = api.network.clockControl;
  if (!control) throw new Refused({ code: "DEMO_ONLY" });
  if (body.action === "pause") control.pause();
  else if (body.action === "play") control.play(body.speed);
  else await control.step(seconds(body.seconds));
  return clockView(api);
}

export const summary = ({ network }: Api, { scope, query }: Asked<"summary">): Promise<SummaryView> =>
  network.insights.summary(scope, readInstantOrNull(query.from, "from"), readInstantOrNull(query.until, "until"));
