import type { ClockView, LiveAnswer, RouteWay, TimelineEntry } from "../../../src/doors/api/contract.ts";
import type { ServerEvent } from "./event-stream.ts";

/** What the stream has told so far. `heardAt` and `dataAt` are milliseconds on this machine's own monotonic clock. */
export interface LiveState {
  readonly live: LiveAnswer | null;
  readonly ways: ReadonlyMap<string, RouteWay>;
  readonly clock: ClockView | null;
  /** Newest first, at most 200. */
  readonly happened: readonly TimelineEntry[];
  /** When a `live` message last came. */
  readonly dataAt: number | null;
}

export const nothingYet: LiveState = { live: null, ways: new Map(), clock: null, happened: [], dataAt: null };

const KEPT = 200;

/** The state after one message of `/v1/live/stream`; a message we do not know changes nothing. */
export function afterMessage(state: LiveState, message: ServerEvent, at: number): LiveState {
  if (message.event === "live") {
    const live = JSON.parse(message.data) as LiveAnswer;
    return { ...state, live, ways: ofRunningShifts(state.ways, live), dataAt: at };
  }
  if (message.event === "ways") {
    const { ways } = JSON.parse(message.data) as { ways: readonly RouteWay[] };
    return { ...state, ways: new Map([...state.ways, ...ways.map((way) => [way.shift, way] as const)]) };
  }
  if (message.event === "happened") {
    const entry = JSON.parse(message.data) as TimelineEntry;
    if (state.happened.some(({ id }) => id === entry.id)) return state; // a resumed stream may repeat its last
    return { ...state, happened: [entry, ...state.happened].slice(0, KEPT) };
  }
  if (message.event === "clock") return withClock(state, JSON.parse(message.data) as ClockView);
  return state;
}

/** The clock as somebody told it: what was told before, and only came later, changes nothing. */
function withClock(state: LiveState, clock: ClockView): LiveState {
  const older = state.clock !== null && Date.parse(clock.now) <= Date.parse(state.clock.now);
  return older ? state : { ...state, clock };
}

/** Ways of shifts that ended are forgotten, or they would stay on the map for ever. */
function ofRunningShifts(ways: ReadonlyMap<string, RouteWay>, live: LiveAnswer): ReadonlyMap<string, RouteWay> {
  const running = new Set<string>(live.couriers.map(({ shift }) => shift));
  return [...ways.keys()].every((shift) => running.has(shift))
    ? ways
    : new Map([...ways].filter(([shift]) => running.has(shift)));
}

/** What the screen may claim about its data. */
export type Freshness =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "reconnecting"; readonly age_s: number | null };

/** A stream that has been silent for so long is not alive, whatever the socket says. Milliseconds. */
export const SILENCE = 20_000;

export function freshnessOf(connected: boolean, heardAt: number | null, dataAt: number | null, now: number): Freshness {
  if (heardAt === null && dataAt === null) return { kind: "connecting" };
  if (connected && heardAt !== null && now - heardAt < SILENCE) return { kind: "live" };
  return { kind: "reconnecting", age_s: dataAt === null ? null : Math.max(0, Math.round((now - dataAt) / 1000)) };
}
