import type { Vault } from "../commons/governance/ports.ts";
import type {
  Cell,
  Courier,
  Geocoder,
  Leg,
  Offer,
  Order,
  Participant,
  Places,
  Position,
  Profile,
  Proof,
  Reads,
  Registry,
  RoadClosedBecause,
  Route,
  Scope,
  Shift,
  Travel,
  VaultStore,
} from "../domain/index.ts";
import type { CourierReport, PositionRefusal, ReportRefusal } from "../journey/track/index.ts";
import type { CourierRequest, FleetRefusal, ShiftRequest } from "../journey/pool/index.ts";
import type { Accuracy, ConnectionGuard, ConnectionHealth, FailedCall, Freshness } from "../journey/dispatch/ports.ts";
import type { OfferRefusal } from "../journey/dispatch/index.ts";
import type { ChangeRefusal, IntakeRefusal, OrderChanges, OrderRequest } from "../journey/intake/index.ts";
import type { Summary } from "../journey/learn/index.ts";
import type { CourierId, Id, LegId, OfferId, OrderId, ParticipantId, ShiftId } from "../kernel/id.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Money } from "../kernel/money.ts";
import type { Point } from "../kernel/point.ts";
import type { Instant, Meters, Seconds } from "../kernel/quantity.ts";
import type { Result } from "../kernel/result.ts";

/** The answer of an `Idempotency-Key`, kept in the same transaction as what it did. */
export interface Keep {
  readonly key: string;
  readonly requestHash: string;
  /** Makes the answer that is kept, from what came out. */
  readonly answer: (outcome: unknown) => { readonly status: number; readonly body: string };
}

/** The demo's clock: null in `./milepool start`. */
export interface ClockControl {
  state(): { readonly now: Instant; readonly speed: number; readonly paused: boolean };
  pause(): void;
  /** 1 to 60 times as fast as the wall. */
  play(speed: number): void;
  /** While paused: let so much time pass, then stand still again. */
  step(by: Seconds): Promise<void>;
}

/** The loaded city. */
export interface City {
  readonly name: string;
  readonly attribution: string;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly centre: Point;
  readonly zone: string;
  readonly jurisdiction: string;
  readonly currency: string;
  /** A gzipped Mapbox vector tile; null where there is nothing. */
  tile(z: number, x: number, y: number): Uint8Array | null;
}

/** Where a courier leaves the vehicle for a stop, and the walk from there to the door: seconds, one way. */
export interface StopParking {
  readonly point: Point;
  readonly road: string | null;
  readonly walk: number;
}

/** What moves now, as far as the scope sees it. */
export interface LiveView {
  readonly now: Instant;
  readonly couriers: readonly {
    readonly courier: Courier;
    readonly shift: Shift;
    readonly position: Position | null;
    readonly route: Route;
    /** For each stop of the route, where the vehicle is left; null for who rides up to the door. */
    readonly parking: readonly (StopParking | null)[];
  }[];
  /** Open orders' legs with their order; carried by whoever. `carrierPosition` is what a platform or partner last told. */
  readonly legs: readonly {
    readonly leg: Leg;
    readonly order: Order;
    readonly carrierPosition: { readonly point: Point; readonly at: Instant } | null;
  }[];
}

/** A price before ordering: what it would cost and when it would be there. */
export interface PriceAnswer {
  readonly price: Money;
  readonly pickupAt: Instant | null;
  readonly dropoffAt: Instant | null;
  readonly distance_m: number;
  readonly source: "roads" | "great_circle";
}

/** How a carrier's connection fares. */
export interface Connection {
  readonly participant: Participant;
  readonly connector: string;
  /** Which of the platform's API is spoken; null where nobody says. */
  readonly version: string | null;
  readonly health: ConnectionHealth;
  /** Null where nothing guards it. */
  readonly guard: ConnectionGuard | null;
  readonly freshness: Freshness;
  readonly accuracy: Accuracy;
  /** The last time that somebody had it asked for all deliveries under way; null: nobody in this run. */
  readonly asking: Asking | null;
}

/** A platform is asked for all its deliveries under way. */
export interface Asking {
  readonly startedAt: Instant;
  /** Null while it goes on. */
  readonly endedAt: Instant | null;
  readonly deliveries: number;
  readonly answered: number;
  readonly unanswered: number;
  /** Of the answers: what was put right, and what differs and stays so. */
  readonly repaired: number;
  readonly unrepaired: number;
}

/** What a platform's answers to our requests for a price say of its couriers and prices in one place and time. */
export interface LabourEstimate {
  /** Answers, by what they said: a price, no courier free, not in its area, no for another reason, nothing. */
  readonly quoted: number;
  readonly noCouriers: number;
  readonly notServed: number;
  readonly refused: number;
  readonly unanswered: number;
  /** Of the answers that speak of couriers, the share with one; null where they are too few to say. */
  readonly available: number | null;
  /** Of whole deliveries, `low` and `high` with one in ten beyond each; of so many quotes, half of them for at least so far. */
  readonly price: {
    readonly median: Money;
    readonly low: Money;
    readonly high: Money;
    readonly sample: number;
    readonly distance: Meters;
  } | null;
  /** How long goods would wait for the courier once they are ready, the median; null where no quote says so. */
  readonly wait: Seconds | null;
  readonly lastAt: Instant;
}

/** Labour by platform, area and hour. What is not in it was not asked for, and is unknown. */
export interface LabourView {
  readonly now: Instant;
  /** The oldest hour of which something is known. */
  readonly since: Instant | null;
  /** From so many answers on a share is told. */
  readonly enough: number;
  /** H3 cells of resolution 7. */
  readonly cells: readonly { readonly cell: Cell; readonly middle: Point }[];
  readonly areas: readonly (LabourEstimate & { readonly carrier: ParticipantId; readonly cell: Cell })[];
  readonly hours: readonly (LabourEstimate & { readonly carrier: ParticipantId; readonly hour: Instant })[];
}

/** How one source of reports on the roads stands. */
export interface RoadSource {
  readonly source: string;
  readonly observedAt: Instant;
  readonly validUntil: Instant;
  /** Past its validity: nothing of it holds any longer. */
  readonly isStale: boolean;
  readonly closures: number;
  readonly slowdowns: number;
}

/** Reports of congestion, weather and closures; src/adapters/roads/feeds/README.md has their format. */
export interface RoadReports {
  /** Takes the place of what its source said before, unless that was newer; resolves when the roads know. */
  take(
    report: unknown,
  ): Promise<
    Result<RoadSource, { readonly code: "ROAD_REPORT_UNREADABLE"; readonly reason: string; readonly at: string }>
  >;
  sources(): readonly RoadSource[];
}

/** Hours in which the roads are alike: as they are now, or as they usually are in a band of the week. */
export type RoadHours = "now" | "night" | "morning_peak" | "day" | "evening_peak" | "weekend";

/** A piece of a street between two junctions. */
export interface SeenStreet {
  readonly line: readonly Point[];
  readonly name: string | null;
  /** OpenStreetMap's word for the kind of road, without links. */
  readonly kind: string;
  /** Its OpenStreetMap way. */
  readonly way: number;
  /** km/h along the line and against it, waits left out; null where closed at these hours. */
  readonly forward: number | null;
  readonly backward: number | null;
  /** Of the free-flow speed, in the slower direction; null where nobody drives. */
  readonly share: number | null;
  readonly zone: string | null;
  /** Its tags say something else at other hours. */
  readonly isTimed: boolean;
  /** Why it is closed in both directions; null where it is not. */
  readonly because: RoadClosedBecause | null;
}

/** What is to be seen of the roads within some bounds. */
export interface RoadView {
  readonly streets: readonly SeenStreet[];
  /** Streets that this profile may not use for a reason of their own: a sign, its size, a zone, an island. */
  readonly closed: readonly {
    readonly line: readonly Point[];
    readonly name: string | null;
    readonly way: number;
    readonly because: RoadClosedBecause;
  }[];
  /** Streets that were too many to show: of the least important kinds. */
  readonly left: number;
  /** Turn restrictions, whoever they bind; `kind` and `when` in OpenStreetMap's words. */
  readonly turns: readonly {
    readonly at: Point;
    readonly kind: string;
    readonly when: string | null;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** Areas with rules of their own, by their border. */
  readonly zones: readonly {
    readonly name: string;
    readonly kind: string;
    readonly rule: string | null;
    readonly lines: readonly (readonly Point[])[];
  }[];
}

/** The loaded city's roads, for looking at. */
export interface RoadMap {
  /** A departure that finds the roads as they are in those hours. */
  departure(hours: RoadHours): Instant;
  /** Bounded, however large the box. */
  view(
    box: readonly [west: number, south: number, east: number, north: number],
    profile: Profile,
    hours: RoadHours,
  ): Promise<RoadView>;
}

/** Everything the doors may ask of the running network. `main` builds it; the doors know nothing behind it. */
export interface Network {
  readonly demo: boolean;
  readonly clock: Clock;
  readonly clockControl: ClockControl | null;
  readonly city: City;
  readonly reads: Reads;
  readonly registry: Registry;
  readonly vault: Vault;
  /** The book of openings of personal data, as far as the scope owns what was opened. */
  openings: VaultStore["openings"];
  readonly places: Places;
  /** Address search outside, for what the loaded city does not know; where one is configured. */
  readonly geocoder?: Geocoder | undefined;
  readonly travel: Travel;
  /** What is not as usual on the roads. */
  readonly roadReports: RoadReports;
  /** Where a city is loaded. */
  readonly roadMap?: RoadMap | undefined;
  readonly cellOf: (point: Point) => Cell;

  readonly orders: {
    /** Checks, geocodes and prices without placing. */
    preview(
      scope: Scope,
      shipper: ParticipantId,
      requests: readonly OrderRequest[],
    ): Promise<readonly Result<PriceAnswer, IntakeRefusal>[]>;
    /** Each is taken or refused on its own; the answers stand in the order of the requests. Durable when it resolves. */
    place(
      scope: Scope,
      shipper: ParticipantId,
      requests: readonly OrderRequest[],
      options?: { readonly importedBy?: Id<"import">; readonly keep?: Keep },
    ): Promise<readonly Result<Order, IntakeRefusal>[]>;
    change(
      scope: Scope,
      order: OrderId,
      version: number | null,
      changes: OrderChanges,
    ): Promise<Result<Order, ChangeRefusal>>;
    cancel(scope: Scope, order: OrderId, reason: string): Promise<Result<Order, ChangeRefusal>>;
    forget(scope: Scope, order: OrderId): Promise<Result<Order, ChangeRefusal>>;
  };
  readonly fleet: {
    hire(scope: Scope, carrier: ParticipantId, request: CourierRequest): Promise<Result<Courier, FleetRefusal>>;
    planShift(scope: Scope, request: ShiftRequest): Promise<Result<Shift, FleetRefusal>>;
    startShift(scope: Scope, shift: ShiftId): Promise<Result<Shift, FleetRefusal>>;
    endShift(scope: Scope, shift: ShiftId): Promise<Result<Shift, FleetRefusal>>;
    /** Taken into hot state at once; the refusals name their index in the list. */
    positions(
      scope: Scope,
      positions: readonly { readonly courier: CourierId; readonly point: Point; readonly at: Instant }[],
    ): Promise<{
      readonly taken: number;
      readonly refused: readonly { readonly index: number; readonly refusal: PositionRefusal }[];
    }>;
    report(
      scope: Scope,
      leg: LegId,
      /** A proof of kind `platform`: a partner's own system says so, and shows nothing. */
      report: Omit<CourierReport, "proof"> & {
        readonly proof: { readonly kind: Proof["kind"]; readonly value: string } | null;
      },
    ): Promise<Result<Leg, ReportRefusal>>;
  };
  readonly offers: {
    open(scope: Scope): Promise<readonly Offer[]>;
    answer(scope: Scope, offer: OfferId, yes: boolean, reason: string | null): Promise<Result<Offer, OfferRefusal>>;
  };
  readonly participants: {
    join(scope: Scope, participant: Omit<Participant, "id">): Promise<Participant>;
  };
  readonly insights: {
    /** Of the scope's orders placed within the span; both ends inside, null: open. */
    summary(scope: Scope, from: Instant | null, until: Instant | null): Promise<Summary>;
  };
  live(scope: Scope): LiveView;
  route(points: readonly Point[], profile: Profile): Promise<readonly Point[]>;
  connections(scope: Scope): readonly Connection[];
  /** A connection's last failed calls, the newest first; null when the scope sees no such connection. */
  failures(scope: Scope, carrier: ParticipantId): readonly FailedCall[] | null;
  /** Has a platform asked for all its deliveries under way, and is back before they are answered; null as above. */
  reconcile(scope: Scope, carrier: ParticipantId): Asking | null;
  /** Of one area (null: all) by hour, and of one hour (null: now) by area. */
  labour(scope: Scope, question: { readonly cell: Cell | null; readonly hour: Instant | null }): LabourView;
  /** A platform's webhook: null when no such connector is linked. */
  receive(
    connector: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array,
  ): Promise<Result<{ readonly applied: number }, { readonly code: string }> | null>;
  /** Calls back after each sealing of events, with nothing: read the feed for what is new. Returns the way to stop. */
  onFeed(listener: () => void): () => void;
  /** Whether the store answers and the journey is running; the sentence says what is wrong. */
  ready(): { readonly ok: boolean; readonly why: string | null };
  /** Why nothing new is taken at the moment; null when it is. What was taken before goes on. */
  closed(): Closed | null;
  /** Commands not run yet, events stored but not handled yet, events not sealed yet, requests that the world has not answered. */
  backlog(): {
    readonly commands: number;
    readonly inbox: number;
    readonly unsealed: number;
    readonly requests: number;
  };
}

/** Nothing can be stored; or so much waits that more would only wait longer. When to come again, seconds. */
export type Closed =
  | { readonly code: "NOTHING_STORED"; readonly retryAfter_s: number }
  | { readonly code: "TOO_MUCH_WAITS"; readonly waiting: number; readonly retryAfter_s: number };
