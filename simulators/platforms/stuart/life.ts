import { instant, type Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { courierName, fictionalPhone } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { Events } from "./events.ts";
import type { DeliveryStatus, StuartJob } from "./job.ts";

const vehicles = ["bike", "bike", "cargobike", "motorbike", "car"];

/** What a life asks of the desk: a job that brings the parcels back, or null where nobody opens one. */
export type OpenReturn = (of: StuartJob) => StuartJob | null;

/** Words what a courier does as Stuart's statuses and events. */
export class Life implements Carried {
  readonly #job: StuartJob;
  readonly #events: Events;
  readonly #rng: Rng;
  readonly #openReturn: OpenReturn;

  constructor(job: StuartJob, events: Events, rng: Rng, openReturn: OpenReturn) {
    this.#job = job;
    this.#events = events;
    this.#rng = rng;
    this.#openReturn = openReturn;
  }

  silence(): void {
    this.#job.silent = true;
  }

  assigned(pickupEta: Instant): void {
    const job = this.#job;
    const rng = this.#rng;
    const [id, display_name] = [10_000 + rng.below(90_000), courierName(rng)];
    job.driver = { id, display_name, phone: fictionalPhone(rng), transport_type: rng.pick(vehicles) };
    job.dropoffEta = instant(job.dropoffEta + Math.max(0, pickupEta - job.pickupEta));
    job.pickupEta = pickupEta;
    job.status.become("in_progress");
    job.acceptedAt = job.status.updated;
    this.#step("picking", true);
  }

  droppedOut(): void {
    this.#job.driver = this.#job.location = null;
    this.#job.status.become("searching");
    this.#step("pending", true);
  }

  /** There is no status for setting out: it came with accepting, or with picking up. */
  moving(towards: Target, eta: Instant): void {
    const job = this.#current(towards);
    if (towards === "pickup") job.pickupEta = eta;
    else job.dropoffEta = eta;
  }

  seen(at: Point): void {
    const job = this.#job.wayBack ?? this.#job;
    if (job.silent) return;
    job.location = at;
    this.#events.moved(job);
  }

  near(target: Target): void {
    this.#step(target === "pickup" ? "almost_picking" : "almost_delivering", false, this.#current(target));
  }

  arrived(target: Target): void {
    this.#step(target === "pickup" ? "waiting_at_pickup" : "waiting_at_dropoff", false, this.#current(target));
  }

  pickedUp(): void {
    this.#step("delivering", false);
  }

  delivered(): void {
    this.#job.end("finished");
    this.#events.updated(this.#job, true);
  }

  /** The delivery ends, at full price; the way back is a job of its own. */
  undeliverable(): boolean {
    const job = this.#job;
    job.end("canceled", { canceled_by: "courier", reason_key: "customer_absent", comment: null });
    job.delivery.charge("fee", job.offer.price);
    const wayBack = this.#openReturn(job);
    job.wayBack = wayBack;
    this.#events.updated(job, true);
    if (wayBack === null) return false;
    wayBack.driver = job.driver;
    wayBack.location = job.location;
    wayBack.silent = job.silent;
    wayBack.status.become("in_progress");
    wayBack.delivery.become("delivering");
    this.#events.created(wayBack);
    return true;
  }

  returned(): void {
    const job = this.#current("return");
    job.end("finished");
    this.#events.updated(job, true);
  }

  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    const job = this.#job.wayBack ?? this.#job;
    if (why === "nobody") job.end("expired", { canceled_by: "stuart", reason_key: "job_expired", comment: null });
    else job.end("canceled", { canceled_by: "courier", reason_key: "courier_canceled", comment: null });
    this.#events.updated(job, true);
  }

  #step(status: DeliveryStatus, jobToo: boolean, job = this.#job): void {
    job.delivery.become(status);
    this.#events.updated(job, jobToo);
  }

  #current(target: Target): StuartJob {
    return target === "return" ? (this.#job.wayBack ?? this.#job) : this.#job;
  }
}
