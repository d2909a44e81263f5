import { instant, type Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { CourierFault } from "../wire.ts";
import type { Drive, World } from "../world.ts";
import { somewhereNear, type Market } from "./market.ts";

export type Target = "pickup" | "dropoff" | "return";

/** What happens on a ride, told to the platform that words it. */
export interface RideListener {
  /** A courier took it. `eta` values are the courier's own estimates. */
  assigned(pickupEta: Instant): void;
  /** The courier gave it back before the pickup; the search begins anew. */
  droppedOut(): void;
  moving(towards: Target, eta: Instant): void;
  seen(at: Point): void;
  /** About a minute away. */
  near(target: Target): void;
  arrived(target: Target): void;
  pickedUp(): void;
  delivered(): void;
  /** Nobody took the parcels; true when they go back to the pickup. */
  undeliverable(): boolean;
  returned(): void;
  /** The courier's side ended it. */
  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void;
}

export interface RidePlan {
  readonly pickup: Point;
  /** Asked each time, because the caller may move it on the way. */
  dropoff(): Point;
  /** Parcels are not handed out before this. */
  readonly ready: Instant;
  readonly positionEvery_s: number;
  /** How long somebody is looked for before it is given up; the market's own patience when left out. */
  readonly patience_s?: number;
  readonly fault: CourierFault | null;
}

class Stopped extends Error {}
class NoRoad extends Error {}

const near_s = 60;
/** Couriers are not sent out earlier than this before the parcels are ready. */
const lead_s = 900;

/** One delivery carried by couriers on real roads, under the world's clock. Everything by chance comes from its own `rng`. */
export class Ride {
  readonly #world: World;
  readonly #market: Market;
  readonly #rng: Rng;
  readonly #plan: RidePlan;
  readonly #tell: RideListener;
  #stopped = false;
  #loaded = false;

  constructor(world: World, market: Market, rng: Rng, plan: RidePlan, tell: RideListener) {
    this.#world = world;
    this.#market = market;
    this.#rng = rng;
    this.#plan = plan;
    this.#tell = tell;
  }

  /** Nothing more is told after this. */
  stop(): void {
    this.#stopped = true;
  }

  start(): void {
    void this.#carry().catch((cause: unknown) => {
      if (cause instanceof NoRoad) this.#tell.gaveUp(this.#loaded ? "after-pickup" : "before-pickup");
      else if (!(cause instanceof Stopped)) throw cause;
    });
  }

  async #carry(): Promise<void> {
    const { supply } = this.#market;
    const { fault } = this.#plan;
    const draw = [supply.nobodyShare, supply.cancelShare, supply.undeliverableShare].map(
      (share) => this.#rng.next() < share,
    );
    const [nobody, cancels, undeliverable] = fault === null ? draw : [false, false, false];
    if (nobody) {
      await this.#sleep(Math.max(0, this.#untilReady()) + (this.#plan.patience_s ?? supply.patience_s));
      return this.#tell.gaveUp("nobody");
    }
    const givesUp = cancels || fault === "cancels-before-pickup";
    if (!(await this.#toPickup(fault === "drops-out", givesUp))) return this.#tell.gaveUp("before-pickup");
    await this.#handOver();
    if (fault === "cancels-after-pickup") return await this.#abandon();
    await this.#toDropoff(undeliverable || fault === "undeliverable");
  }

  /** True when a courier stands at the pickup. */
  async #toPickup(dropsOut: boolean, givesUp: boolean): Promise<boolean> {
    const { supply } = this.#market;
    await this.#sleep(this.#untilReady() - lead_s);
    for (let courier = 0; ; courier++) {
      await this.#sleep(this.#rng.exponential(supply.assign_s));
      const drive = await this.#approach();
      this.#tell.assigned(this.#in(drive.seconds));
      const leaves = courier < 2 && (this.#rng.next() < supply.dropOutShare || (dropsOut && courier === 0));
      if (!leaves && !givesUp) {
        await this.#travel(drive, "pickup");
        return true;
      }
      await this.#travel(drive, "pickup", this.#rng.between(0.2, 0.8));
      if (givesUp) return false;
      this.#tell.droppedOut();
    }
  }

  async #handOver(): Promise<void> {
    await this.#stay(Math.max(this.#untilReady(), this.#around(this.#market.dwell.pickup_s)), this.#plan.pickup);
    this.#loaded = true;
    this.#tell.pickedUp();
    await this.#sleep(this.#rng.between(5, 20));
  }

  async #abandon(): Promise<void> {
    const drive = await this.#reach(this.#plan.pickup, this.#plan.dropoff());
    await this.#travel(drive, "dropoff", this.#rng.between(0.2, 0.8));
    this.#tell.gaveUp("after-pickup");
  }

  async #toDropoff(undeliverable: boolean): Promise<void> {
    const drive = await this.#reach(this.#plan.pickup, this.#plan.dropoff());
    await this.#travel(drive, "dropoff");
    await this.#stay(this.#around(this.#market.dwell.dropoff_s) * (undeliverable ? 4 : 1), this.#plan.dropoff());
    if (!undeliverable) return this.#tell.delivered();
    if (!this.#tell.undeliverable()) return;
    await this.#travel(await this.#reach(this.#plan.dropoff(), this.#plan.pickup), "return");
    await this.#stay(this.#around(this.#market.dwell.pickup_s), this.#plan.pickup);
    this.#tell.returned();
  }

  /** Moves along `drive`, the whole way or the first `share` of it. */
  async #travel(drive: Drive, target: Target, share = 1): Promise<void> {
    const end_s = drive.seconds * share;
    const nearAt_s = Math.max(0, drive.seconds - near_s);
    this.#tell.moving(target, this.#in(drive.seconds));
    for (let gone = 0, toldNear = false; gone < end_s;) {
      const next = Math.min(gone + this.#plan.positionEvery_s, end_s, toldNear ? Infinity : Math.max(nearAt_s, gone));
      await this.#sleep(next - gone);
      gone = next;
      this.#tell.seen(drive.at(gone));
      if (!toldNear && gone >= nearAt_s) {
        toldNear = true;
        this.#tell.near(target);
      }
    }
    if (share === 1) this.#tell.arrived(target);
  }

  /** Stands still, and goes on telling where. */
  async #stay(wait_s: number, at: Point): Promise<void> {
    for (let rest = wait_s; rest > 0; rest -= this.#plan.positionEvery_s) {
      await this.#sleep(Math.min(rest, this.#plan.positionEvery_s));
      if (rest > this.#plan.positionEvery_s) this.#tell.seen(at);
    }
  }

  /** The way from wherever a courier happens to be. A place in the water is nobody's place: after a few tries one stands at the door. */
  async #approach(): Promise<Drive> {
    const { pickup } = this.#plan;
    for (let attempt = 0; attempt < 4; attempt++) {
      const start = somewhereNear(this.#rng, pickup, this.#market.supply.reach_m);
      const drive = await this.#world.drive(start, pickup).catch(() => null);
      this.#check();
      if (drive !== null) return drive;
    }
    return await this.#reach(pickup, pickup);
  }

  async #reach(from: Point, to: Point): Promise<Drive> {
    const drive = await this.#world.drive(from, to).catch(() => null);
    this.#check();
    if (drive === null) throw new NoRoad();
    return drive;
  }

  #untilReady(): number {
    return (this.#plan.ready - this.#world.clock.now()) / 1000;
  }

  #around(mean_s: number): number {
    return this.#rng.between(0.5, 1.5) * mean_s;
  }

  #in(wait_s: number): Instant {
    return instant(Math.round(this.#world.clock.now() + wait_s * 1000));
  }

  async #sleep(wait_s: number): Promise<void> {
    if (wait_s > 0) await new Promise<void>((done) => this.#world.after(Math.ceil(wait_s * 1000), done));
    this.#check();
  }

  #check(): void {
    if (this.#stopped) throw new Stopped();
  }
}
