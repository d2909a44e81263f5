import { instant, type Instant } from "../../../src/kernel/quantity.ts";
import type { World } from "../world.ts";
import { isObject, type JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";
import type { UberDelivery } from "./delivery.ts";
import type { Life } from "./life.ts";

/** Robo Courier's timetable: when it does each step. */
export interface RoboPlan {
  readonly assigned: Instant;
  readonly enroute: Instant;
  readonly pickupImminent: Instant;
  readonly pickup: Instant;
  readonly dropoffImminent: Instant;
  readonly dropoff: Instant;
  readonly fails: string | null;
}

const failures = [
  "cannot_access_customer_location",
  "cannot_find_customer_address",
  "customer_rejected_order",
  "customer_unavailable",
] as const;

/** Reads `robo_courier_specification`; null when there is none, or when it is wrong and `problems` says why. */
export function readRoboPlan(
  specifications: JsonObject,
  windows: {
    readonly pickupReady: Instant | null;
    readonly pickupDeadline: Instant | null;
    readonly dropoffReady: Instant | null;
  },
  now: Instant,
  problems: Map<string, string>,
): RoboPlan | null {
  const given = specifications["robo_courier_specification"];
  if (!isObject(given)) {
    problems.set("test_specifications", "robo_courier_specification is required");
    return null;
  }
  const reading = new Reading(given, problems, "test_specifications.robo_courier_specification.");
  const mode =
    reading.oneOf("mode", ["auto", "custom"] as const) ?? reading.wrong("mode", "mode must be auto or custom");
  const fails = reading.oneOf("cancel_reason", failures);
  if (mode === null || problems.size > 0) return null;
  return mode === "auto" ? automatic(windows, now, fails) : custom(reading, windows, now, fails);
}

/** Assigned at once (or when ready, or ten minutes before the dropoff window), then a step each half minute. */
function automatic(
  { pickupReady, dropoffReady }: Parameters<typeof readRoboPlan>[1],
  now: Instant,
  fails: string | null,
): RoboPlan {
  const wished = pickupReady ?? (dropoffReady === null ? now : dropoffReady - 600_000);
  const assigned = Math.max(now, wished);
  const step = (count: number): Instant => instant(assigned + count * 30_000);
  return {
    assigned: step(0),
    enroute: step(1),
    pickupImminent: step(2),
    pickup: step(3),
    dropoffImminent: step(4),
    dropoff: step(5),
    fails,
  };
}

function custom(
  reading: Reading,
  windows: Parameters<typeof readRoboPlan>[1],
  now: Instant,
  fails: string | null,
): RoboPlan | null {
  const time = (name: string): Instant => reading.instant(name) ?? reading.wrong(name, `${name} is required`) ?? now;
  const enroute = time("enroute_for_pickup_at");
  const plan = {
    assigned: enroute,
    enroute,
    pickupImminent: time("pickup_imminent_at"),
    pickup: time("pickup_at"),
    dropoffImminent: time("dropoff_imminent_at"),
    dropoff: time("dropoff_at"),
    fails,
  };
  if (reading.problems.size > 0) return null;
  const [earliest, latest] = [
    windows.pickupReady ?? now - 60_000,
    windows.pickupDeadline ?? (windows.pickupReady ?? now) + 1_800_000,
  ];
  if (enroute < earliest || enroute > latest)
    reading.wrong("enroute_for_pickup_at", "must be inside the pickup window, or within 30 minutes of now");
  if (plan.pickupImminent > plan.pickup) reading.wrong("pickup_imminent_at", "must not be after pickup_at");
  if (plan.pickup < enroute) reading.wrong("pickup_at", "must not be before enroute_for_pickup_at");
  if (plan.dropoffImminent > plan.dropoff) reading.wrong("dropoff_imminent_at", "must not be after dropoff_at");
  if (plan.dropoff < plan.pickup || plan.dropoff > plan.pickup + 8 * 3_600_000)
    reading.wrong("dropoff_at", "must be within 8 hours of pickup_at");
  return reading.problems.size === 0 ? plan : null;
}

/** Lets Robo Courier walk through its plan; it stops when the delivery is over. */
export function roboCourier(world: World, delivery: UberDelivery, life: Life, plan: RoboPlan): void {
  const at = (when: Instant, act: () => void): void =>
    world.after(Math.max(0, when - world.clock.now()), () => void (delivery.complete || act()));
  at(plan.assigned, () => life.assigned(plan.pickup, "Robo C.", "car"));
  at(plan.enroute, () => {
    life.moving("pickup", plan.pickup);
    life.seen(delivery.birth.pickup.point);
  });
  at(plan.pickupImminent, () => delivery.status === "pickup" && life.near("pickup"));
  at(plan.pickup, () => {
    life.pickedUp();
    life.moving("dropoff", plan.dropoff);
  });
  at(plan.dropoffImminent, () => {
    life.seen(delivery.dropoffPoint);
    life.near("dropoff");
  });
  at(plan.dropoff, () => {
    if (plan.fails === null) return life.delivered();
    if (!life.undeliverable(plan.fails)) return;
    // The way back takes as long as the way there, step by step.
    const way_ms = Math.max(30_000, plan.dropoff - plan.pickup);
    life.moving("return", instant(world.clock.now() + way_ms));
    world.after(way_ms, () => void (delivery.returnLeg?.complete || life.returned()));
  });
}
