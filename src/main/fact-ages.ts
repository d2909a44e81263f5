import { isCommitted, type DeliveryReport, type FreshnessBreached, type Leg } from "../domain/index.ts";
import type { FactFreshness, Freshness, ServiceLevel, Trust } from "../journey/dispatch/ports.ts";
import type { Clock } from "../kernel/clock.ts";
import type { LegId, ParticipantId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import { between, seconds, type Instant, type Seconds } from "../kernel/quantity.ts";

export type Fact = FreshnessBreached["fact"];

/** Holds where a platform's kind names no service level of its own. */
const usual: ServiceLevel = { status: seconds(360), position: null, quote: seconds(600) };

/** Of so many deliveries under way, or more, something can be said of the platform as a whole. */
const enough = 3;
/** From this share of deliveries on of which nothing fresh is known, though the platform was asked. */
const doubtful = 0.2;
const hopeless = 0.5;
/** A platform in doubt counts as dearer by this share of its price: what a delivery out of sight costs in calls and claims is a guess. */
const doubtShare = 0.1;

interface Known {
  readonly carrier: ParticipantId;
  status: Instant;
  position: { readonly point: Point; readonly at: Instant } | null;
  /** Facts that are past their level now, and which of them asking has not freshened. */
  readonly stale: Set<Fact>;
  readonly lost: Set<Fact>;
}

/** How old what we know of platforms' deliveries is, held against each platform's service level. In memory: a restart asks anew. */
export class FactAges {
  readonly #clock: Clock;
  readonly #levelOf: (carrier: ParticipantId) => ServiceLevel | undefined;
  readonly #known = new Map<LegId, Known>();
  readonly #breaches = new Map<string, number>();

  constructor(clock: Clock, levelOf: (carrier: ParticipantId) => ServiceLevel | undefined) {
    this.#clock = clock;
    this.#levelOf = levelOf;
  }

  /** The platform spoke of the delivery, unasked or asked. */
  heard({ id }: Leg, carrier: ParticipantId, { courier, at }: DeliveryReport): void {
    const before = this.#known.get(id);
    const now = this.#clock.now();
    const newer = courier?.point && at >= (before?.position?.at ?? at) ? { point: courier.point, at } : null;
    const known = {
      ...(before ?? { carrier, stale: new Set<Fact>(), lost: new Set<Fact>() }),
      status: now,
      position: newer ?? before?.position ?? null,
    };
    known.stale.delete("status");
    known.lost.delete("status");
    if (newer !== null && between(newer.at, now) <= (this.#level(carrier).position ?? Infinity)) {
      known.stale.delete("position");
      known.lost.delete("position");
    }
    this.#known.set(id, known);
  }

  /** Where the courier was last seen. */
  place(leg: LegId): { readonly point: Point; readonly at: Instant } | null {
    return this.#known.get(leg)?.position ?? null;
  }

  /** The facts of a delivery that are older than their level, each counted as a breach when it becomes so. */
  staleOf(leg: Leg, carrier: ParticipantId): readonly Fact[] {
    const known = this.#known.get(leg.id) ?? this.#begin(leg, carrier);
    const { status, position } = this.#level(carrier);
    const [silent, blind] = [this.#age(known.status), this.#age(known.position?.at ?? known.status)];
    this.#judge(known, "status", silent > status);
    this.#judge(known, "position", position !== null && isMoving(leg) && blind > position);
    return [...known.stale];
  }

  /** The platform was asked, and this is as stale as before. Yes the first time, until it is fresh again. */
  lose(leg: LegId, fact: Fact): { readonly age: Seconds } | null {
    const known = this.#known.get(leg);
    if (!known?.stale.has(fact) || known.lost.has(fact)) return null;
    known.lost.add(fact);
    return { age: seconds(this.#age(fact === "status" ? known.status : (known.position?.at ?? known.status))) };
  }

  /** Forgets deliveries that are over. */
  keep(isAlive: (leg: LegId) => boolean): void {
    for (const leg of this.#known.keys()) if (!isAlive(leg)) this.#known.delete(leg);
  }

  trust(carrier: ParticipantId): Trust {
    const all = this.#of(carrier);
    const lost = all.filter((one) => one.lost.size > 0).length;
    const share = all.length < enough ? 0 : lost / all.length;
    if (share < doubtful) return { standing: "full", doubt: 0, why: null };
    const why = `nothing fresh is known of ${lost} of its ${all.length} deliveries`;
    return share < hopeless
      ? { standing: "down_weighted", doubt: doubtShare, why }
      : { standing: "excluded", doubt: doubtShare, why };
  }

  view(carrier: ParticipantId): Freshness {
    const level = this.#level(carrier);
    const all = this.#of(carrier);
    const fact = (name: Fact, at: (known: Known) => Instant | null): FactFreshness => {
      const ages = all.flatMap((known) => at(known) ?? []).map((when) => this.#age(when));
      return {
        fact: name,
        level: level[name],
        watched: ages.length,
        stale: all.filter(({ stale }) => stale.has(name)).length,
        oldest: ages.length === 0 ? null : seconds(Math.max(...ages)),
        breaches: this.#breaches.get(`${carrier} ${name}`) ?? 0,
      };
    };
    const facts = [fact("status", ({ status }) => status), fact("position", ({ position }) => position?.at ?? null)];
    return { facts, quote: level.quote, trust: this.trust(carrier) };
  }

  #begin({ id, assignment }: Leg, carrier: ParticipantId): Known {
    const status = assignment?.at ?? this.#clock.now();
    const known: Known = { carrier, status, position: null, stale: new Set(), lost: new Set() };
    this.#known.set(id, known);
    return known;
  }

  #judge(known: Known, fact: Fact, isStale: boolean): void {
    if (!isStale) {
      known.stale.delete(fact);
      known.lost.delete(fact);
    } else if (!known.stale.has(fact)) {
      known.stale.add(fact);
      const name = `${known.carrier} ${fact}`;
      this.#breaches.set(name, (this.#breaches.get(name) ?? 0) + 1);
    }
  }

  #of(carrier: ParticipantId): readonly Known[] {
    return [...this.#known.values()].filter((one) => one.carrier === carrier);
  }

  #age(at: Instant): number {
    return between(at, this.#clock.now());
  }

  #level(carrier: ParticipantId): ServiceLevel {
    return this.#levelOf(carrier) ?? usual;
  }
}

/** A courier is on the way, or at a door: before, nobody is anywhere. */
const isMoving = ({ state }: Leg): boolean => isCommitted(state) && state !== "assigned";
