import assert from "node:assert/strict";
import { test } from "node:test";
import { greatCircleTravel } from "../adapters/roads/index.ts";
import { CityCourier } from "../../simulators/city/courier.ts";
import { usualManners, type Surroundings } from "../../simulators/city/people.ts";
import { audit, type Line } from "../../test/auditor/audit.ts";
import { journeyScope, type Leg } from "../domain/index.ts";
import { after, grams, instant, liters, minutes, seconds } from "../kernel/quantity.ts";
import { seeded } from "../kernel/rng.ts";
import type { RunningNetwork } from "./network.ts";
import { at, elm, fleet, gig, LittleWorld, spot } from "./testing/little-world.ts";

const travel = greatCircleTravel();

/** People's apps try again when the process dies under them. */
async function insist<Value>(world: LittleWorld, call: (network: RunningNetwork) => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await world.life.answer(call(world.network));
    } catch {
      await new Promise<void>((resolve) => void world.time.at(after(world.time.now(), seconds(5)), resolve));
    }
  }
}

/** What couriers see of the network, whichever process runs it; `served` notes each stop that was answered with yes. */
function surroundings(world: LittleWorld, name: string, served: string[]): Surroundings {
  const fleetDoors: Pick<RunningNetwork["fleet"], "report" | "positions" | "endShift"> = {
    report: async (scope, leg, said) => {
      const answer = await insist(world, ({ fleet: of }) => of.report(scope, leg, said));
      if (answer.ok && (said.to === "picked_up" || said.to === "handed_over")) served.push(`${said.to} ${leg}`);
      return answer;
    },
    positions: (scope, list) => insist(world, ({ fleet: of }) => of.positions(scope, list)),
    endShift: (scope, shift) => insist(world, ({ fleet: of }) => of.endShift(scope, shift)),
  };
  return {
    clock: world.time,
    rng: seeded(name),
    after: (wait, act) => void world.time.at(instant(world.time.now() + Math.ceil(wait)), act),
    network: { ...world.network, fleet: { ...world.network.fleet, ...fleetDoors } },
    drive: async (from, to, profile) => {
      const way = await travel.route(from, to, profile);
      return way.ok ? way.value : null;
    },
    route: (shift) => world.network.hot.routeOf(shift),
    leg: (id: Leg["id"]) => world.network.hot.get("leg", id),
    order: (id) => world.network.hot.get("order", id),
    offers: () => [],
    failed: (what, error) => void world.faults.push(`${what}: ${String(error)}`),
  };
}

async function hireCourier(world: LittleWorld, index: number, served: string[]): Promise<void> {
  const vehicle = { profile: "bicycle" as const, maxWeight: grams(20_000), maxVolume: liters(60), maxParcels: 4 };
  const { fleet: of } = world.network;
  const request = { name: `C${index}`, phone: null, employment: "staff" as const, vehicle, skills: [] };
  const hired = await of.hire(journeyScope, fleet.id, request);
  assert.ok(hired.ok);
  const [start, endsAt] = [spot(300 * index, 100), at(5 * 60)];
  const courier = hired.value.id;
  const shift = await of.planShift(journeyScope, { courier, startsAt: world.time.now(), endsAt, start, end: null });
  assert.ok(shift.ok);
  await of.startShift(journeyScope, shift.value.id);
  const walker = { courier, shift: shift.value.id, carrier: fleet.id, profile: vehicle.profile, start, endsAt };
  const manners = { ...usualManners, nobodyHome: 0 };
  const person = new CityCourier(walker, surroundings(world, `courier ${index}`, served), manners);
  void person.work().catch((error: unknown) => void world.faults.push(`courier: ${String(error)}`));
}

interface Told {
  readonly log: readonly Line[];
  readonly served: readonly string[];
  readonly deaths: number;
}

/** Two hours of orders for three couriers and a platform; the process dies at each of these commits, before or after writing. */
async function day(asks: number, deaths: readonly number[]): Promise<Told> {
  let [commits, died] = [0, 0];
  const served: string[] = [];
  const world: LittleWorld = await LittleWorld.open({
    carriers: [fleet, gig],
    commit: (write, life) => async (batch) => {
      const fatal = deaths.includes(++commits);
      if (fatal && commits % 2 === 0) await write(batch);
      if (!fatal) return write(batch);
      died++;
      life.end();
      world.time.at(after(world.time.now(), seconds(3)), () => {
        const release = world.time.hold();
        void world.start().finally(release);
      });
    },
  });
  world.gig.asks = asks;
  for (let index = 0; index < 3; index++) await hireCourier(world, index, served);
  for (let index = 0; index < 30; index++) {
    const request = { reference: `A-${index}`, dropoff: { ...elm, point: spot(400 + 60 * index, 250) } };
    world.time.at(at(index * 4), () => void insist(world, () => place(world, request)));
  }
  for (let minute = 10; minute < 400; minute += 10) world.time.at(at(minute), () => void bringHome(world));
  await world.until(400);
  assert.deepEqual(world.faults, []);
  return { log: await world.log<Line>(), served, deaths: died };
}

async function place(world: LittleWorld, request: Parameters<LittleWorld["order"]>[0]): Promise<void> {
  try {
    await world.order(request);
  } catch (error) {
    // The process died after it had stored the order, and the shop asked again.
    if (!(error instanceof Error) || error.message !== "REFERENCE_TAKEN") throw error;
  }
}

/** The platform hands over what it has had for ten minutes. */
async function bringHome(world: LittleWorld): Promise<void> {
  for (const { reference, state, at: since } of world.gig.standing.values()) {
    if (state !== "assigned" || after(since, minutes(10)) > world.time.now()) continue;
    const report = world.gig.say(reference, { state: "handed_over" });
    await insist(world, () => world.hear(world.gig, report));
  }
}

const closings = ({ log }: Told): readonly string[] =>
  log.flatMap(({ event }) => (event.type === "OrderClosed" ? [String(event["state"])] : []));

test("N1 the process may die at any commit, before or after it is written: the day ends whole all the same", async () => {
  for (const asks of [300, 900]) {
    const told = await day(asks, [40, 61, 95, 122, 151, 200, 233]);
    assert.equal(told.deaths, 7);
    assert.deepEqual(audit(told.log), []);
    assert.deepEqual(
      closings(told),
      Array.from({ length: 30 }, () => "delivered"),
    );
  }
});

test("P5 the same people live the same day again, and no courier serves a stop twice", async () => {
  const [one, two] = [await day(900, []), await day(900, [])];
  assert.equal(JSON.stringify(two.log), JSON.stringify(one.log));
  assert.deepEqual(audit(one.log), []);
  assert.ok(one.served.length > 10, `${one.served.length} stops`);
  assert.equal(new Set(one.served).size, one.served.length);
});
