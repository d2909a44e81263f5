import { greatCircle, onTheWay, type Point } from "../../../src/kernel/point.ts";
import { instant, type Instant } from "../../../src/kernel/quantity.ts";
import { seeded } from "../../../src/kernel/rng.ts";
import type { WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";

/** A world for tests: time moves only when told to, roads are straight at 5 m/s, and every webhook is kept. */
export interface VirtualWorld extends World {
  readonly posted: { readonly at: Instant; readonly url: string; readonly request: WireRequest }[];
  /** What the receiver of webhooks answers; null: nobody there. */
  answers: (request: WireRequest) => number | null;
  readonly places: Map<string, Point>;
  /** Lets `wait_s` seconds pass, with everything that happens in them. */
  pass(wait_s: number): Promise<void>;
  /** Runs `act`, letting time pass until it settles. */
  until<Value>(act: Promise<Value>): Promise<Value>;
}

const drained = (): Promise<void> => new Promise((done) => setImmediate(done));

export function virtualWorld(seed: number | string, start = "2026-11-21T09:00:00.000Z"): VirtualWorld {
  let now = Date.parse(start);
  let count = 0;
  const timers: { at: number; turn: number; act: () => void }[] = [];
  const posted: VirtualWorld["posted"] = [];
  const places = new Map<string, Point>();

  /** Runs the next timer that is due by `limit`; false when there is none. */
  const step = (limit: number): boolean => {
    timers.sort((a, b) => a.at - b.at || a.turn - b.turn);
    if (timers.length === 0 || timers[0]!.at > limit) return false;
    const timer = timers.shift()!;
    now = Math.max(now, timer.at);
    timer.act();
    return true;
  };

  const world: VirtualWorld = {
    posted,
    places,
    answers: () => 200,
    clock: { now: () => instant(now) },
    rng: seeded(seed),
    after: (wait_ms, act) => void timers.push({ at: now + Math.max(0, wait_ms), turn: count++, act }),
    drive: async (from, to) => {
      const meters = greatCircle(from, to);
      const seconds = Math.ceil(meters / 5);
      return {
        meters,
        seconds,
        at: (s) => onTheWay(from, to, seconds === 0 ? 1 : Math.min(1, Math.max(0, s / seconds))),
      };
    },
    locate: (address) => places.get(address) ?? null,
    post: async (url, request): Promise<WireResponse | null> => {
      posted.push({ at: instant(now), url, request });
      const status = world.answers(request);
      return status === null ? null : { status, headers: {}, body: new Uint8Array() };
    },
    pass: async (wait_s) => {
      const limit = now + wait_s * 1000;
      for (await drained(); step(limit);) await drained();
      now = Math.max(now, limit);
    },
    until: async (act) => {
      let settled = false;
      void act.then(
        () => (settled = true),
        () => (settled = true),
      );
      for (await drained(); !settled; await drained()) if (!step(Infinity)) throw new Error("it never settles");
      return await act;
    },
  };
  return world;
}
