import type { Leg, Stop } from "../../src/domain/index.ts";
import type { CourierReport } from "../../src/journey/track/index.ts";
import { journeyScope, type Scope } from "../../src/domain/index.ts";
import { onTheWay, type Point } from "../../src/kernel/point.ts";
import { instant, type Instant } from "../../src/kernel/quantity.ts";
import type { Manners, Surroundings, Walker } from "./people.ts";

type Next = Pick<Stop, "leg" | "kind" | "service"> & { readonly point: Point };

/** How often somebody with nothing to do looks at the app. */
const look_s = 15;
/** Standing still, the app tells where it is less often. */
const idlePosition_ms = 30_000;

/**
 * One courier through a day: looks at the app, drives to the next stop along the road, rings, hands over, reports each step, and sends a
 * position now and then. All through the doors that a real courier's app would use.
 */
export class CityCourier {
  readonly #walker: Walker;
  readonly #world: Surroundings;
  readonly #manners: Manners;
  readonly #scope: Scope;
  #here: Point;
  #lastSent = 0;

  constructor(walker: Walker, world: Surroundings, manners: Manners) {
    this.#walker = walker;
    this.#world = world;
    this.#manners = manners;
    this.#scope = { ...journeyScope, viewer: walker.carrier, by: walker.courier };
    this.#here = walker.start;
  }

  get here(): Point {
    return this.#here;
  }

  /** Works from now until the shift ends and nothing is left to do. */
  async work(): Promise<void> {
    for (;;) {
      const next = this.#next();
      if (this.#world.clock.now() - this.#lastSent >= idlePosition_ms) await this.#send();
      if (next) await this.serve(next);
      else if (this.#world.clock.now() >= this.#walker.endsAt) return this.#goHome();
      else await this.#wait(look_s);
    }
  }

  async #goHome(): Promise<void> {
    const ended = await this.#world.network.fleet.endShift(this.#scope, this.#walker.shift);
    if (!ended.ok) return this.work();
  }

  #next(): Next | null {
    const stop = this.#world.route(this.#walker.shift)?.stops[0];
    return stop ? { leg: stop.leg, kind: stop.kind, service: stop.service, point: stop.place.point } : null;
  }

  /** One stop from setting out to leaving. A leg that is withdrawn on the way is left alone. */
  async serve(next: Next): Promise<void> {
    const [setOut, there] =
      next.kind === "pickup"
        ? (["en_route_to_pickup", "at_pickup"] as const)
        : (["en_route_to_dropoff", "at_dropoff"] as const);
    if (this.#leg(next)?.state !== there) {
      if (this.#leg(next)?.state !== setOut && !(await this.#report(next, setOut))) return this.#wait(look_s);
      await this.#driveTo(next.point);
      // A no to what stands already: the first answer was lost on its way.
      if (!(await this.#report(next, there)) && this.#leg(next)?.state !== there) return;
    }
    await this.#waitUntil(this.#opens(next));
    const [shortest, longest] = next.kind === "pickup" ? this.#manners.pickup_s : this.#manners.dropoff_s;
    await this.#wait(this.#world.rng.between(shortest, longest));
    await (next.kind === "pickup" ? this.#report(next, "picked_up") : this.#handOver(next));
  }

  async #handOver(next: Next): Promise<void> {
    const leg = this.#leg(next);
    if (leg?.kind === "delivery" && this.#world.rng.next() < this.#manners.nobodyHome) {
      await this.#report(next, "dropoff_failed", { reason: "nobody_home" });
      // Refused where the order wants it back; then the way back is the next stop.
      await this.#report(next, "handed_over", { proof: { kind: "safe_place", value: "behind the flower pots" } });
      return;
    }
    await this.#report(next, "handed_over", { proof: { kind: "name", value: "handed over at the door" } });
  }

  #leg({ leg }: Next): Leg | undefined {
    return this.#world.leg(leg);
  }

  /** When service may begin: the goods must be ready, the window open. */
  #opens(next: Next): Instant {
    const leg = this.#leg(next);
    if (!leg) return this.#world.clock.now();
    const window = next.kind === "pickup" ? leg.pickupWindow : leg.dropoffWindow;
    const ready = next.kind === "pickup" ? leg.readyAt : 0;
    return instant(Math.max(ready, window.earliest ?? 0));
  }

  async #report(
    { leg }: Next,
    to: CourierReport["to"],
    more: { reason?: CourierReport["reason"]; proof?: { kind: "name" | "safe_place"; value: string } } = {},
  ): Promise<boolean> {
    const { network, clock } = this.#world;
    const answer = await network.fleet.report(this.#scope, leg, {
      to,
      at: clock.now(),
      reason: more.reason ?? null,
      proof: more.proof ?? null,
    });
    return answer.ok;
  }

  async #driveTo(target: Point): Promise<void> {
    const way = await this.#world.drive(this.#here, target, this.#walker.profile);
    if (!way) return this.#wait(60);
    const factor = Math.max(0.6, this.#world.rng.normal(1, this.#manners.driveSpread));
    const began = this.#world.clock.now();
    const total_s = way.duration * factor;
    for (let passed = 0; passed < total_s;) {
      const pause = Math.min(this.#manners.positionEvery_s, total_s - passed);
      await this.#wait(pause);
      passed = (this.#world.clock.now() - began) / 1000;
      this.#here = placeAt(way, passed / factor);
      await this.#send();
    }
    this.#here = target;
  }

  async #send(): Promise<void> {
    const at = this.#world.clock.now();
    if (at <= this.#lastSent) return;
    this.#lastSent = at;
    await this.#world.network.fleet.positions(this.#scope, [{ courier: this.#walker.courier, point: this.#here, at }]);
  }

  #wait(seconds: number): Promise<void> {
    return new Promise((resolve) => this.#world.after(Math.max(1, Math.round(seconds * 1000)), resolve));
  }

  async #waitUntil(when: Instant): Promise<void> {
    const wait_ms = when - this.#world.clock.now();
    if (wait_ms > 0) await this.#wait(wait_ms / 1000);
  }
}

/** Where one is on a way after so many seconds; beyond the end, at the end. */
export function placeAt(
  { shape, elapsed }: { readonly shape: readonly Point[]; readonly elapsed: readonly number[] },
  seconds: number,
): Point {
  const next = elapsed.findIndex((at) => at >= seconds);
  if (next <= 0) return next === 0 ? shape[0]! : shape.at(-1)!;
  const [from, to] = [elapsed[next - 1]!, elapsed[next]!];
  return onTheWay(shape[next - 1]!, shape[next]!, to === from ? 1 : (seconds - from) / (to - from));
}
