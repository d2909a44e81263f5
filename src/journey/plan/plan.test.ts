import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  at,
  Bench,
  bike,
  fleet,
  greatCircleTravel,
  nine,
  only,
  place,
  spot,
} from "../../../test/stories/world/bench.ts";
import type { Leg, LegProgressed, OwnPrice, Shift, Stop, Travel } from "../../domain/index.ts";
import { money } from "../../kernel/money.ts";
import type { Point } from "../../kernel/point.ts";
import { instant, meters, seconds } from "../../kernel/quantity.ts";
import { ok, refuse } from "../../kernel/result.ts";
import { commit, follow, parkedFor, PlaceBook, price, release, retime } from "./index.ts";

/** A bench with couriers on duty, on which legs are priced and committed as dispatch would. */
class City extends Bench {
  book = new PlaceBook(this.travel);

  open(from: [number, number], to: [number, number], changes: Partial<Leg> = {}, parcels = 1): Leg {
    const order = this.order({ pickup: place(spot(...from)), dropoff: place(spot(...to)) }, parcels);
    return this.leg(order, changes);
  }
  async priced(leg: Leg) {
    return only(
      await price(this.book)({ type: "LegDue", order: leg.order, leg: leg.id, round: leg.round }, this.step()),
      "LegPriced",
    );
  }
  async assign(leg: Leg, candidate: OwnPrice, candidates: readonly OwnPrice[] = [candidate]): Promise<void> {
    const { own, carrier, id } = candidate;
    const round = {
      round: leg.round,
      pricedAt: this.now,
      cannot: [],
      askedAt: this.now,
      answers: [],
      answeredAt: this.now,
    };
    this.hot.put("round", { id: leg.id, candidates, ...round });
    const assignment = {
      carrier,
      quote: id,
      courier: own.courier,
      shift: own.shift,
      price: candidate.price,
      reference: null,
      at: this.now,
    };
    this.hot.put("leg", { ...leg, state: "assigned", assignment });
    await commit(this.book)(
      { type: "LegAssigned", order: leg.order, leg: leg.id, carrier, courier: own.courier, price: candidate.price },
      this.step(),
    );
  }
  async progress(leg: Leg, to: LegProgressed["to"]): Promise<void> {
    const now = this.hot.must("leg", leg.id);
    this.hot.put("leg", { ...now, state: to });
    await follow(this.book)({ type: "LegProgressed", order: leg.order, leg: leg.id, from: now.state, to }, this.step());
  }
  stops(shift: Shift): readonly Stop[] {
    return this.hot.routeOf(shift.id)!.stops;
  }
}

const said = (stops: readonly Stop[], legs: readonly Leg[]): string =>
  stops.map(({ leg, kind }) => `${kind} ${legs.findIndex(({ id }) => id === leg)}`).join(", ");

test("PL5 pricing promises nothing: no route changes, and up to ten places are named, cheapest first", async () => {
  const city = new City();
  for (let i = 0; i < 14; i++) city.courier(`c${i}`, spot(i * 300, 0));
  const before = city.hot.all("route");
  const { candidates } = await city.priced(city.open([0, 0], [1000, 0]));
  assert.deepEqual(city.hot.all("route"), before);
  assert.equal(candidates.length, 10);
  const amounts = candidates.map((candidate) => candidate.price.amount);
  assert.deepEqual(
    amounts,
    amounts.toSorted((a, b) => a - b),
  );
  assert.equal(candidates[0]!.own.courier, "courier_c0");
});

test("PL5 the price is the way there and along, and the service, at what the courier costs", async () => {
  const city = new City();
  city.courier("mia", spot(-1000, 0));
  const [candidate] = (await city.priced(city.open([0, 0], [1000, 0]))).candidates;
  // 2 x 1,300 m by bicycle at 15 km/h are 624 s, with 270 s of service at 18.00 an hour; 2.6 km at 0.20.
  assert.ok(Math.abs(candidate!.price.amount - (447 + 52)) <= 2, `${candidate!.price.amount}`);
  assert.ok(Math.abs(candidate!.pickupAt! - instant(at(0) + 312_000)) <= 2000);
});

test("PL5 who cannot carry it says why", async () => {
  const city = new City();
  city.courier("mia");
  const heavy = city.open([0, 0], [1000, 0], {}, 3);
  assert.deepEqual(await city.priced(heavy).then(({ candidates, cannot }) => [candidates, cannot]), [
    [],
    [{ carrier: fleet.id, courier: "courier_mia", rule: "capacity", by: 1 }],
  ]);
  const cold = city.leg(city.order({ requirements: ["cold"] }));
  assert.equal((await city.priced(cold)).cannot[0]?.rule, "skill");
});

test("PL5 a leg that is open no more, and a carrier that let go of it, are not priced", async () => {
  const city = new City();
  city.courier("mia");
  const leg = city.open([0, 0], [500, 0], { excluded: [fleet.id] });
  assert.deepEqual((await city.priced(leg)).candidates, []);
  city.hot.put("leg", { ...leg, state: "cancelled" });
  assert.deepEqual(
    await price(city.book)({ type: "LegDue", order: leg.order, leg: leg.id, round: 1 }, city.step()),
    [],
  );
});

test("PL6 a commitment puts the stops where they were priced, and there they are served as early as was said", async () => {
  const spotOf = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }));
  const day = fc.array(fc.tuple(spotOf, spotOf, fc.nat(9)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(day, async (asked) => {
      const city = new City();
      const shifts = [city.courier("a", spot(0, 0)), city.courier("b", spot(800, 800))];
      for (const [from, to, which] of asked) {
        const leg = city.open(from, to);
        const { candidates } = await city.priced(leg);
        const candidate = candidates[which % Math.max(1, candidates.length)];
        if (!candidate) continue;
        await city.assign(leg, candidate, candidates);
        const stops = city.stops(shifts.find(({ id }) => id === candidate.own.shift)!);
        const { pickupAt, dropoffAt } = candidate.own;
        assert.deepEqual(
          [stops[pickupAt]!.leg, stops[pickupAt]!.kind, stops[dropoffAt]!.leg, stops[dropoffAt]!.kind],
          [leg.id, "pickup", leg.id, "dropoff"],
        );
        assert.deepEqual(
          [stops[pickupAt]!.arrive, stops[dropoffAt]!.arrive],
          [candidate.pickupAt, candidate.dropoffAt],
        );
        assert.equal(city.hot.get("round", leg.id), undefined);
      }
      for (const shift of shifts) holds(city.stops(shift), city);
    }),
    { numRuns: 60 },
  );
});

/** Each leg's pickup stands before its drop-off, time only goes on, and a bike never has more than two parcels on it. */
function holds(stops: readonly Stop[], city: City, onBoard = 0): void {
  let load = onBoard;
  const fetched = new Set<string>();
  for (const [i, stop] of stops.entries()) {
    if (stop.kind === "pickup") fetched.add(stop.leg);
    else assert.ok(fetched.has(stop.leg) || city.hot.must("leg", stop.leg).state === "picked_up");
    load += stop.kind === "pickup" ? 1 : -1;
    assert.ok(load <= bike.maxParcels, "capacity");
    assert.ok(stop.depart >= stop.arrive && (i === 0 || stop.arrive >= stops[i - 1]!.depart));
  }
}

test("PL6 a commitment against an older version of the route is our mistake", async () => {
  const city = new City();
  const shift = city.courier("mia");
  const leg = city.open([0, 0], [500, 0]);
  const [candidate] = (await city.priced(leg)).candidates;
  city.hot.put("route", { ...city.hot.routeOf(shift.id)!, version: 7 });
  await assert.rejects(city.assign(leg, candidate!), /made against the plan's current version/);
});

test("PL6 a return goes where it fits, without a pickup", async () => {
  const city = new City();
  const shift = city.courier("mia");
  const leg = city.open([0, 0], [900, 0], { kind: "return", state: "picked_up" });
  const assignment = {
    carrier: fleet.id,
    quote: "quote_x" as const,
    courier: shift.courier,
    shift: shift.id,
    price: money(1, "EUR"),
    reference: null,
    at: city.now,
  };
  city.hot.put("leg", { ...leg, assignment });
  await commit(city.book)(
    {
      type: "LegAssigned",
      order: leg.order,
      leg: leg.id,
      carrier: fleet.id,
      courier: shift.courier,
      price: money(1, "EUR"),
    },
    city.step(),
  );
  assert.equal(said(city.stops(shift), [leg]), "dropoff 0");
});

async function twoLegs() {
  const city = new City();
  const shift = city.courier("mia");
  const legs = [city.open([500, 0], [2000, 0]), city.open([1000, 0], [1500, 0])];
  for (const leg of legs) await city.assign(leg, (await city.priced(leg)).candidates[0]!);
  return { city, shift, legs, now: () => said(city.stops(shift), legs) };
}

test("PL7 what was served leaves the route, and the rest is estimated anew from there", async () => {
  const { city, shift, legs, now } = await twoLegs();
  assert.equal(now(), "pickup 0, pickup 1, dropoff 1, dropoff 0");
  city.now = at(20);
  await city.progress(legs[0]!, "picked_up");
  assert.equal(now(), "pickup 1, dropoff 1, dropoff 0");
  assert.deepEqual([city.hot.routeOf(shift.id)!.from, city.hot.routeOf(shift.id)!.readyAt], [spot(500, 0), at(20)]);
  assert.ok(city.stops(shift)[0]!.arrive > at(20));
  await city.progress(legs[1]!, "pickup_failed");
  assert.equal(now(), "dropoff 0");
  await city.progress(legs[0]!, "handed_over");
  assert.equal(now(), "");
});

test("PL2 the stop that the courier is on the way to is never pushed back", async () => {
  const { city, legs, now } = await twoLegs();
  await city.progress(legs[0]!, "en_route_to_pickup");
  assert.equal(now().split(", ")[0], "pickup 0");
  // On the doorstep of the courier: it would be first, if anything could be.
  const near = city.open([0, 0], [100, 0]);
  for (const { own } of (await city.priced(near)).candidates) assert.ok(own.pickupAt > 0);
});

test("PL8 what was driven since the last stop was driven for the leg that this one serves", async () => {
  const { city, shift, legs } = await twoLegs();
  const seen = (east: number, minute: number) =>
    city.hot.setPosition({
      courier: shift.courier,
      carrier: fleet.id,
      point: spot(east, 0),
      at: at(minute),
      receivedAt: at(minute),
    });
  seen(0, 0);
  seen(500, 2);
  await city.progress(legs[0]!, "picked_up");
  seen(1000, 4);
  await city.progress(legs[1]!, "picked_up");
  const driven = legs.map(({ id }) => city.hot.must("leg", id).driven_m);
  assert.ok(
    driven.every((meters) => Math.abs(meters - 500) <= 2),
    String(driven),
  );
});

test("PL9 a leg that nobody of ours carries any more leaves its route", async () => {
  const { city, legs, now } = await twoLegs();
  await release(city.book)(
    { type: "LegCancelled", order: legs[0]!.order, leg: legs[0]!.id, reason: "no" },
    city.step(),
  );
  assert.equal(now(), "pickup 1, dropoff 1");
});

test("PL4 of many couriers the nearest to the pickup are looked at", async () => {
  const city = new City();
  for (let i = 0; i < 40; i++) city.courier(`c${i}`, spot(i * 200, 0));
  const { candidates, cannot } = await city.priced(city.open([0, 0], [100, 0], {}, 3));
  assert.equal(candidates.length, 0);
  assert.deepEqual(
    new Set(cannot.map(({ courier }) => courier)),
    new Set(Array.from({ length: 24 }, (_, i) => `courier_c${i}`)),
  );
});

test("PL4 near is who is soon there by road, not who is near as the crow flies", async () => {
  const city = new City();
  // Everybody south of the pickup stands beyond a river without a bridge near by.
  const river: Travel = {
    ...city.travel,
    nearest: async (from, targets, count, profile) => {
      const all = await city.travel.nearest(from, targets, targets.length, profile);
      const crossed = (all.ok ? all.value : []).map((one) =>
        targets[one.target]![1] < from[1] ? { ...one, duration: seconds(one.duration + 3600) } : one,
      );
      return ok(crossed.toSorted((a, b) => a.duration - b.duration).slice(0, count));
    },
  };
  city.book = new PlaceBook(river);
  for (let i = 0; i < 24; i++) city.courier(`south${i}`, spot(i * 10, -100));
  for (let i = 0; i < 24; i++) city.courier(`north${i}`, spot(i * 10, 900));
  const { cannot } = await city.priced(city.open([0, 0], [100, 0], {}, 3));
  assert.deepEqual(
    new Set(cannot.map(({ courier }) => courier)),
    new Set(Array.from({ length: 24 }, (_, i) => `courier_north${i}`)),
  );
});

test("PL3 whatever is forgotten: the place book answers as the roads do", async () => {
  const bench = new Bench();
  const places = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(places, { maxLength: 12 }), async (days) => {
      const book = new PlaceBook(bench.travel, 10);
      for (const day of days) {
        const points = day.map((east) => spot(east * 100, 0));
        const { at: slot, matrix } = await book.enter(
          (["car", "bicycle"] as const).map((profile) => ({ profile, points: points.slice(1) })),
          points.slice(0, 1),
          bench.now,
        );
        for (const profile of ["car", "bicycle"] as const) {
          const truth = await bench.travel.matrix(points, points, profile);
          const grid = matrix(profile);
          const told = points.flatMap((from) => points.map((to) => grid.seconds[slot(from) * grid.size + slot(to)]));
          assert.deepEqual(told, [...truth.seconds]);
        }
      }
    }),
  );
});

test("PL3 the place book forgets what was answered before the roads changed, also when they change while it asks", async () => {
  const bench = new Bench();
  let [state, asked] = [1, 0];
  const travel: Travel = {
    ...bench.travel,
    stateAt: () => `state ${state}`,
    matrix: async (...question) => {
      const answer = await bench.travel.matrix(...question);
      const slow = answer.seconds.map((seconds) => seconds * state);
      if (++asked === 1) state = 2;
      return { ...answer, seconds: slow };
    },
  };
  const book = new PlaceBook(travel, 10);
  const [from, to] = [spot(0, 0), spot(3000, 0)];
  const told = async (): Promise<number> => {
    const { at: slot, matrix } = await book.enter([{ profile: "car", points: [from, to] }], [], bench.now);
    const grid = matrix("car");
    return grid.seconds[slot(from) * grid.size + slot(to)]!;
  };
  const usual = (await bench.travel.matrix([from], [to], "car")).seconds[0]!;
  assert.equal(await told(), 2 * usual);
  const so = asked;
  assert.deepEqual([await told(), asked], [2 * usual, so], "what is known is not asked again");
  state = 3;
  assert.equal(await told(), 3 * usual);
});

test("PL10 when the roads have changed, what remains of a route is estimated anew", async () => {
  const city = new City();
  const mia = city.courier("mia", spot(0, 0));
  const leg = city.open([0, 0], [1000, 0]);
  await city.assign(leg, (await city.priced(leg)).candidates[0]!);
  const [before] = city.stops(mia);
  city.now = at(20);
  await retime(city.book)(mia.id, city.step());
  assert.ok(city.stops(mia)[0]!.arrive > before!.arrive);
  assert.equal(city.hot.must("leg", leg.id).estimate?.madeAt, at(20));
});

test("PL10 a leg that was in time and is no longer is given back, once, and not when somebody has set out for it", async () => {
  const city = new City();
  const mia = city.courier("mia", spot(0, 0));
  const dropoffWindow = { earliest: null, latest: at(20) };
  const [first, second] = [0, 1].map(() => city.open([500, 0], [1000, 0], { dropoffWindow })) as [Leg, Leg];
  for (const leg of [first, second]) await city.assign(leg, (await city.priced(leg)).candidates[0]!);
  const again = () => retime(city.book)(mia.id, city.step());
  assert.deepEqual(await again(), [], "nothing has changed");
  await city.progress(first, "en_route_to_pickup");
  city.now = at(30);
  const given = await again();
  assert.deepEqual(given, [
    {
      type: "CarrierCancelled",
      order: second.order,
      leg: second.id,
      carrier: fleet.id,
      reason: "the roads have changed",
      mayTakeAgain: true,
    },
  ]);
  assert.deepEqual(await again(), [], "what is late already stays where it is");
});

/** A town in which vehicles are left `walk` seconds to the north of every door. */
const parking = (walk: number, bench = new Bench()): Travel => ({
  ...bench.travel,
  parkingPlaces: (doors) => ({
    places: doors.map(([longitude, latitude], door) => ({
      snap: { point: [longitude, latitude + (walk * 0.96) / 111_195], distance: meters(0), road: "Quay" },
      kerb: "left",
      doors: [{ door, walk: seconds(walk) }],
    })),
    unserved: [],
  }),
});

const doorToDoor = async (travel: Travel, profile: "van" | "bicycle", from: Point, to: Point) => {
  const { at: slot, matrix } = await new PlaceBook(travel).enter([{ profile, points: [from, to] }], [], nine);
  const grid = matrix(profile);
  return [grid.seconds, grid.meters].map((ways) => ways[slot(from) * grid.size + slot(to)]!);
};

test("PL11 who parks walks from the door and to the door, and who rides up to it does not", async () => {
  const apart = fc.integer({ min: 1000, max: 9000 });
  await fc.assert(
    fc.asyncProperty(apart, fc.nat(90), async (east, walk) => {
      const [from, to] = [spot(0, 0), spot(east, 0)];
      for (const [profile, walks] of [
        ["van", 2 * walk],
        ["bicycle", 0],
      ] as const) {
        const kerb = ([longitude, latitude]: Point): Point => [longitude, latitude + (walks * 0.48) / 111_195];
        const { seconds: bare, meters: way } = await greatCircleTravel().matrix([kerb(from)], [kerb(to)], profile);
        assert.deepEqual(await doorToDoor(parking(walk), profile, from, to), [bare[0]! + walks, way[0]]);
      }
    }),
  );
});

test("PL11 the walk is in the stop times of a route, and in what is told of it before", async () => {
  const [with60, without] = [60, 0].map((walk) => {
    const city = new City();
    const book = new PlaceBook(parking(walk));
    return Object.assign(city, { book });
  }) as [City, City];
  const told: number[][] = [];
  for (const city of [with60, without]) {
    const mia = city.courier("mia", spot(0, 0), { ...bike, profile: "van" });
    const leg = city.open([2000, 0], [4000, 0]);
    const candidate = (await city.priced(leg)).candidates[0]!;
    await city.assign(leg, candidate);
    const [pickup, dropoff] = city.stops(mia);
    assert.deepEqual([pickup!.arrive, dropoff!.arrive], [candidate.pickupAt, candidate.dropoffAt]);
    assert.equal(city.book.parkedAt(spot(2000, 0), "van")!.road, "Quay");
    assert.equal(city.book.parkedAt(spot(2000, 0), "bicycle"), null);
    told.push([pickup!.arrive, dropoff!.arrive]);
  }
  const later = [0, 1].map((i) => (told[0]![i]! - told[1]![i]!) / 1000);
  assert.deepEqual(later, [120, 240], "two walks to each door: from the last one, and to it");
});

test("PL11 a door that is far from every legal kerb is walked to from its road; where there is none, nobody walks", () => {
  const bare = new Bench().travel;
  const none = { ...bare, parkingPlaces: () => ({ places: [], unserved: [0] }) };
  assert.deepEqual(parkedFor(none, spot(0, 0), "car"), { point: spot(0, 0), road: null, walk: 0 });
  const far: Travel = { ...none, snap: () => ok({ point: spot(0, 96), distance: meters(96), road: "Ring" }) };
  assert.deepEqual(parkedFor(far, spot(0, 0), "car"), { point: spot(0, 96), road: "Ring", walk: 100 });
  const lost: Travel = { ...none, snap: () => refuse({ code: "POINT_OUTSIDE_CITY" }) };
  assert.equal(parkedFor(lost, spot(0, 0), "car")!.walk, 0);
});

test("PL12 next door is walked to with the vehicle left where it is, when that is quicker, there and back", async () => {
  const slow: Travel = {
    ...parking(10),
    matrix: async (from, to) => ({
      sources: from.length,
      targets: to.length,
      seconds: new Uint32Array(from.length * to.length).fill(120),
      meters: new Uint32Array(from.length * to.length).fill(700),
      source: "roads",
    }),
  };
  assert.deepEqual(await doorToDoor(slow, "van", spot(0, 0), spot(0, 0)), [0, 0]);
  // From the vehicle, 9.6 m north, to a door 28.8 m north: 20 s, and 10 s longer back than from its own kerb; 10 s to the vehicle first.
  assert.deepEqual(await doorToDoor(slow, "van", spot(0, 0), spot(0, 28.8)), [40, 0]);
  assert.deepEqual(await doorToDoor(slow, "van", spot(0, 0), spot(0, 140)), [140, 700], "too far to walk");
});
