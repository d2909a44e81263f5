import assert from "node:assert/strict";
import { test } from "node:test";
import { schedule, type Solution } from "./index.ts";
import { at, between, order, outcome, solved, street, van, written } from "./testing/note.ts";

test("K1 parcels from the depot: the van holds two of three, so the far one goes with the other van", () => {
  const small = van({ capacity: [2] });
  const note = { vehicles: [small, small], shipments: [1, 2, 9].map((place) => order(null, at(place))) };
  // Two vans are on the road for 1,800 m and at least 200 m; with both near ones together it is 400 m.
  assert.match(outcome(note), /, 2000$/);
});

test("K2 returns to the depot ride along to the end, so what is brought must be gone first", () => {
  const vehicles = [van({ capacity: [1] })];
  assert.equal(outcome({ vehicles, shipments: [order(at(1), null), order(null, at(3))] }), "-B +A, 600");
});

test("K3 a service needs no room", () => {
  const vehicles = [van({ capacity: [0] })];
  assert.equal(outcome({ vehicles, shipments: [order(null, at(4), { load: [0] })] }), "-A, 800");
});

test("K4 the office is open from 0 to 50 and from 900 on: too late for the first hours means waiting for the second", () => {
  const open = {
    windows: [
      { earliest: 0, latest: 50 },
      { earliest: 900, latest: null },
    ],
  };
  const { problem, routes } = solved({ vehicles: [van()], shipments: [order(null, at(2, open))] });
  assert.equal(schedule(problem, 0, routes[0]!).stops[0]!.start, 900);
});

test("K5 the gate is paid for once: who stays in the yard does the second stop without a set-up", () => {
  const yard = at(3, { setup: 200, service: 10 });
  const { problem, routes } = solved({ vehicles: [van()], shipments: [order(null, yard), order(null, yard)] });
  assert.equal(schedule(problem, 0, routes[0]!).end, 300 + 200 + 10 + 10 + 300);
});

test("K6 weight and volume: either may be what is full", () => {
  const vehicles = [van({ capacity: [10, 2] })];
  const bulky = (place: number, penalty: number) => order(null, at(place), { load: [1, 2], penalty });
  assert.equal(outcome({ vehicles, shipments: [bulky(1, 5000), bulky(2, 900)] }), "-A, 1100, without B");
});

test("K7 each from where it stands, and whoever lives out there stays there", () => {
  const vehicles = [van({ start: 10, end: 10 }), van({ start: 0, end: null })];
  assert.equal(outcome({ vehicles, shipments: [order(at(9), at(10)), order(at(1), at(4))] }), "+A -A | +B -B, 600");
});

test("K8 lunch between 400 and 500: taken on the way, driving on until it opens, home 300 later than without", () => {
  const lunch = { windows: [{ earliest: 400, latest: 500 }], duration: 300 };
  const { problem, routes } = solved({ vehicles: [van({ breaks: [lunch] })], shipments: [order(null, at(6))] });
  assert.equal(written({ routes } as Solution), "break -A");
  assert.equal(schedule(problem, 0, routes[0]!).end, 1200 + 300);
});

test("K9 home before the break closes: no break", () => {
  const lunch = { windows: [{ earliest: 400, latest: 500 }], duration: 300 };
  assert.equal(outcome({ vehicles: [van({ breaks: [lunch] })], shipments: [order(null, at(2))] }), "-A, 400");
});

test("K10 no farther than 1,000 m, no longer under way than 1,000 s, and not more than two stops", () => {
  const shipments = [order(null, at(5), { penalty: 5000 }), order(null, at(6), { penalty: 5000 })];
  assert.equal(outcome({ vehicles: [van({ maxMeters: 1000 })], shipments }), "-A, 6000, without B");
  assert.equal(outcome({ vehicles: [van({ maxTravel: 1000 })], shipments }), "-A, 6000, without B");
  assert.equal(outcome({ vehicles: [van({ maxStops: 1 })], shipments }), "-A, 6000, without B");
});

test("K11 eight hours of duty are counted from leaving, and the van leaves when that is soon enough", () => {
  const noon = at(3, between(5000, 5000));
  const duty = { costPerSecond: 1, overtimeAfter: null, overtimePerSecond: 0, longest: 600 };
  const { problem, routes, cost } = solved({ vehicles: [van({ duty })], shipments: [order(null, noon)] });
  assert.equal(cost.duty, 600);
  assert.equal(schedule(problem, 0, routes[0]!).begin, 4700);
});

test("K12 overtime is dearer than a second van", () => {
  const duty = { costPerSecond: 0, overtimeAfter: 900, overtimePerSecond: 10, longest: null };
  const shipments = [order(null, at(3, { service: 300 })), order(null, at(3, { service: 300 }))];
  assert.match(outcome({ vehicles: [van({ duty })], shipments }), /, 3600$/);
  assert.match(outcome({ vehicles: [van({ duty }), van({ duty })], shipments }), /^-. \| -., 1200$/);
});

test("K13 a cold box can do it, and so can nobody whom the customer does not want", () => {
  const cold = [order(null, at(5), { needs: [7] })];
  assert.equal(
    outcome({ vehicles: [van(), van({ skills: [7], start: 10, end: 10 })], shipments: cold }),
    " | -A, 1000",
  );
  const disliked = [order(null, at(5), { forbidden: [0] })];
  assert.equal(outcome({ vehicles: [van(), van({ start: 10, end: 10 })], shipments: disliked }), " | -A, 1000");
});

test("K14 fish and flowers do not meet", () => {
  const shipments = [order(null, at(2)), order(null, at(2), { apart: [0] })];
  assert.match(outcome({ vehicles: [van(), van()], shipments }), /^-. \| -., 800$/);
});

test("K15 who must stay out is the one with the lowest priority; with a price, the one who pays least", () => {
  const one = [van({ maxStops: 1 })];
  assert.equal(
    outcome({ vehicles: one, shipments: [order(null, at(1)), order(null, at(9), { priority: 5 })] }),
    "-B, 1800, without A",
  );
  const priced = [order(null, at(1), { penalty: 300 }), order(null, at(9), { penalty: 900 })];
  assert.equal(outcome({ vehicles: [van()], shipments: priced }), "-A, 1100, without B");
});

test("K16 a van with a fixed price stays in the yard while another is out anyway; time has its price, too", () => {
  const shipments = [order(null, at(2)), order(null, at(4))];
  assert.match(outcome({ vehicles: [van({ fixedCost: 50 }), van({ fixedCost: 90 })], shipments }), /^-. -. \| , 850$/);
  assert.match(outcome({ vehicles: [van({ costPerSecond: 2 })], shipments }), /, 2400$/);
});

test("K17 the electric van is cheaper while it is empty, and uphill costs extra", () => {
  const hill = { ...street(3), ascent: Uint32Array.from([0, 10, 20, 0, 0, 10, 0, 0, 0]) };
  const energy = {
    perMeter: 1,
    perMeterAndLoad: 1,
    dimension: 0,
    perAscent: 5,
    costPerUnit: 2,
    emissionCostPerUnit: 1,
    store: null,
  };
  const { cost } = solved({
    matrices: [hill],
    vehicles: [van({ energy, costPerMeter: 0 })],
    shipments: [order(null, at(2), { load: [3] })],
  });
  // Out 200 m with three units on board and 20 m up, back 200 m empty and down.
  assert.deepEqual([cost.energy, cost.emission], [2 * (200 * 4 + 100 + 200), 200 * 4 + 100 + 200]);
});

test("K18 late is dear but allowed, too late is not", () => {
  const soft = at(5, { ...between(null, 550), due: 400, costPerLateSecond: 3 });
  assert.equal(outcome({ vehicles: [van()], shipments: [order(null, soft)] }), "-A, 1300");
  const hard = at(5, { ...between(null, 450), due: 400, costPerLateSecond: 3 });
  assert.equal(outcome({ vehicles: [van()], shipments: [order(null, hard, { penalty: 77 })] }), ", 77, without A");
});

test("K19 soup rides for 400 s at most, so what takes time on the way is fetched before it", () => {
  const soup = (maxRide: number) => [order(at(1), at(5), { maxRide }), order(at(2, { service: 50 }), at(6))];
  assert.equal(outcome({ vehicles: [van()], shipments: soup(450) }), "+A +B -A -B, 1200");
  assert.equal(outcome({ vehicles: [van()], shipments: soup(400) }), "+B +A -A -B, 1400");
});

test("K20 what is on board is delivered by whom it is on board of, after what is promised next", () => {
  const vehicles = [van(), van({ frozen: [{ visit: "delivery", shipment: 0 }] })];
  const shipments = [order(null, at(9), { onBoard: 1 }), order(null, at(2), { onBoard: 1 })];
  assert.equal(outcome({ vehicles, shipments }), " | -A -B, 1800");
});

test("K21 even routes: nobody does all the stops, though the way would be shorter", () => {
  const shipments = [1, 1, 1, 1].map((place) => order(null, at(place)));
  const vehicles = [van(), van()];
  assert.match(outcome({ vehicles, shipments, balance: { of: "stops", price: 100 } }), /^-. -. \| -. -., 1200$/);
  assert.match(outcome({ vehicles, shipments, balance: { of: "stops", price: 1 } }), /, 216$/);
});

test("K22 a van for two, four parcels, a hub half way: it loads again there, not at home", () => {
  const hub = { location: 4, windows: [], service: 0, power: null, hub: true };
  const note = {
    vehicles: [van({ capacity: [2], stations: [0] })],
    stations: [hub],
    shipments: [5, 5, 6, 6].map((place) => order(null, at(place))),
  };
  assert.match(outcome(note), /^-. -. reload -. -., 1400$/);
});

test("K23 the battery lasts for 700 m: it is charged on the way, and charging takes its time", () => {
  const charger = { location: 3, windows: [], service: 5, power: 2, hub: false };
  const store = { capacity: 700, atStart: 700, reserve: 0 };
  const energy = {
    perMeter: 1,
    perMeterAndLoad: 0,
    dimension: 0,
    perAscent: 0,
    costPerUnit: 0,
    emissionCostPerUnit: 0,
    store,
  };
  const { problem, routes } = solved({
    vehicles: [van({ energy, stations: [0] })],
    stations: [charger],
    shipments: [order(null, at(5))],
  });
  assert.match(written({ routes } as Solution), /charge/);
  const { end } = schedule(problem, 0, routes[0]!);
  assert.ok(end === 1000 + 5 + 300 / 2 || end === 1000 + 5 + 700 / 2, `home at ${end}`);
});

test("K24 in the rush hour it takes twice as long, so the tight one is served before it", () => {
  const tight = at(4, between(null, 450));
  const vehicles = [van({ slices: [{ from: 100, matrix: 1 }] })];
  const note = { matrices: [street(11), street(11, 2)], vehicles, shipments: [order(null, at(2)), order(null, tight)] };
  // By way of the first it would set off there at 200, twice as slow: 200 + 400.
  assert.equal(outcome(note), "-B -A, 800");
});

test("K25 a promise to one van is broken only for more than it costs", () => {
  const vehicles = [van(), van({ start: 10, end: 10 })];
  const near = (price: number) => [order(null, at(8), { held: { vehicle: 0, price } })];
  assert.equal(outcome({ vehicles, shipments: near(1000) }), " | -A, 1400");
  assert.equal(outcome({ vehicles, shipments: near(1300) }), "-A | , 1600");
});

test("K26 full crates out, empty ones back in the same stop: the van never holds more than four", () => {
  const swap = (place: number, empties: number) => order(null, at(place), { load: [2], collects: [empties] });
  const vehicles = [van({ capacity: [4] })];
  assert.match(outcome({ vehicles, shipments: [swap(1, 2), swap(2, 2)] }), /^-. -., 400$/);
  // With three back for two there are five on board after it, whichever comes first.
  assert.equal(outcome({ vehicles, shipments: [swap(1, 2), swap(2, 3)] }), "-A, 200, without B");
});

test("K27 the fitter hangs the door in 50 s, anybody else in 500, and the shop closes", () => {
  const byKind = [{ kind: 7, service: 50, setup: 0 }];
  const door = order(null, at(2, { service: 500, setup: 100, byKind }));
  const bread = order(null, at(3, between(null, 400)));
  const anybody = [van({ end: null })];
  assert.equal(outcome({ vehicles: anybody, shipments: [door, bread] }), "-B -A, 400");
  const { problem, routes } = solved({ vehicles: [van({ end: null, kind: 7 })], shipments: [door, bread] });
  assert.equal(written({ routes } as Solution), "-A -B");
  assert.equal(schedule(problem, 0, routes[0]!).end, 200 + 50 + 100);
});

test("K28 nobody rests with cash on board: lunch waits for the bank, or the cash for lunch", () => {
  const lunch = (latest: number) => ({ windows: [{ earliest: 0, latest }], duration: 300, maxLoad: [0] });
  const cash = [order(at(1), at(4))];
  const bank = (latest: number) => outcome({ vehicles: [van({ breaks: [lunch(latest)] })], shipments: cash });
  assert.match(bank(100), /^break \+A -A, 800$/);
  const { routes } = solved({
    vehicles: [van({ breaks: [{ ...lunch(600), windows: [{ earliest: 400, latest: 600 }] }] })],
    shipments: [order(at(1, between(null, 150)), at(4))],
  });
  assert.equal(written({ routes } as Solution), "+A -A break");
});

test("K29 duty counts from leaving, but the gate is locked at 100", () => {
  const duty = { costPerSecond: 1, overtimeAfter: null, overtimePerSecond: 0, longest: null };
  const vehicles = [van({ duty, shift: { earliest: 0, latest: null, leaveBy: 100 } })];
  const { problem, routes, cost } = solved({ vehicles, shipments: [order(null, at(3, between(5000, 5000)))] });
  assert.equal(schedule(problem, 0, routes[0]!).begin, 100);
  assert.equal(cost.duty, 5300 - 100);
});

test("K30 the technician costs 3 a second at work, the trainee nothing but the way", () => {
  const job = order(null, at(2, { service: 100, setup: 20 }));
  const technician = van({ costPerServiceSecond: 3 });
  assert.equal(outcome({ vehicles: [technician], shipments: [job] }), "-A, 760");
  assert.equal(outcome({ vehicles: [technician, van({ costPerMeter: 1.5 })], shipments: [job] }), " | -A, 600");
});

test("K31 no shift longer than 1,000 s: the far one stays out, and waiting counts", () => {
  const duty = { costPerSecond: 0, overtimeAfter: null, overtimePerSecond: 0, longest: 1000 };
  const vehicles = [van({ duty })];
  const far = [order(null, at(5), { penalty: 5000 }), order(null, at(6), { penalty: 5000 })];
  assert.equal(outcome({ vehicles, shipments: far }), "-A, 6000, without B");
  const apart = [between(100, 100), between(1500, 1500)].map((window) => order(null, at(1, window), { penalty: 5000 }));
  assert.match(outcome({ vehicles, shipments: apart }), /^-., 5200, without .$/);
});

test("K32 eight litres a kilometre or two kilowatt-hours: the heavy load goes by the van that is cheaper for it", () => {
  const energy = { dimension: 0, perAscent: 0, emissionCostPerUnit: 0, store: null };
  const diesel = van({ costPerMeter: 0, energy: { ...energy, perMeter: 8, perMeterAndLoad: 0, costPerUnit: 1 } });
  const electric = van({ costPerMeter: 0, energy: { ...energy, perMeter: 2, perMeterAndLoad: 2, costPerUnit: 1 } });
  const one = (load: number) =>
    outcome({ vehicles: [diesel, electric], shipments: [order(null, at(1), { load: [load] })] });
  assert.equal(one(2), " | -A, 800");
  assert.equal(one(9), "-A | , 1600");
});

test("K33 even hours: the two ends of the street go to two vans, though one could do both", () => {
  const shipments = [0, 10].map((place) => order(null, at(place)));
  const middle = van({ start: 5, end: 5 });
  const note = { vehicles: [middle, middle], shipments, balance: { of: "seconds" as const, price: 1 } };
  assert.match(outcome(note), /^-. \| -., 2002000$/);
});

test("K34 in the rush hour the bicycle is quicker than the van", () => {
  const vehicles = [van({ slices: [{ from: 50, matrix: 1 }] }), van({ matrix: 2 })];
  const matrices = [street(11), street(11, 4), street(11, 2)];
  const by = (latest: number, earliest = 0) =>
    outcome({
      matrices,
      vehicles: vehicles.map((v) => ({ ...v, shift: { earliest, latest: null } })),
      shipments: [order(null, at(5, between(null, latest)))],
    });
  assert.match(by(600), /^-A \| , 1000$/);
  assert.match(by(1100, 60), /^ \| -A, 1000$/);
});

test("K35 tea at ten or at four, whichever the route comes by, and each break once", () => {
  const tea = { windows: [between(100, 150), between(900, 1000)].flatMap(({ windows }) => windows), duration: 60 };
  const { problem, routes } = solved({
    vehicles: [van({ breaks: [tea] })],
    shipments: [order(null, at(2, between(null, 200))), order(null, at(10))],
  });
  assert.equal(written({ routes } as Solution), "-A break -B");
  assert.equal(schedule(problem, 0, routes[0]!).end, 2060);
});

test("K36 the battery does not last and there is nowhere to charge: the order stays out", () => {
  const store = { capacity: 900, atStart: 900, reserve: 50 };
  const cost = { costPerUnit: 0, emissionCostPerUnit: 0 };
  const energy = { perMeter: 1, perMeterAndLoad: 0, dimension: 0, perAscent: 0, ...cost, store };
  const shipments = [order(null, at(4)), order(null, at(5))];
  assert.equal(outcome({ vehicles: [van({ energy })], shipments }), "-A, 800, without B");
});

test("K37 at the reload empties are left behind, and full ones come on board", () => {
  const hub = { location: 4, windows: [], service: 0, power: null, hub: true };
  const swap = order(null, at(5), { load: [2], collects: [2] });
  const note = {
    vehicles: [van({ capacity: [2], stations: [0] })],
    stations: [hub],
    shipments: [swap, order(null, at(6), { load: [2] })],
  };
  assert.match(outcome(note), /^-A reload -B, 1400$|^-B reload -A, 1400$/);
});
