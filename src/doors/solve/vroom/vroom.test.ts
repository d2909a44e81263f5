import assert from "node:assert/strict";
import { test } from "node:test";
import { matrices } from "../testing/problems.ts";
import { answered, faultsOf, read } from "../testing/reading.ts";

test("S7 VROOM: jobs, a shipment, times, loads and costs are answered as its API says", async () => {
  const { code, summary, routes, unassigned } = await answered({
    vehicles: [
      {
        id: 1,
        start_index: 0,
        end_index: 0,
        capacity: [4],
        time_window: [1000, 9000],
        costs: { fixed: 50, per_km: 10 },
      },
    ],
    jobs: [
      { id: 11, location_index: 1, delivery: [1], service: 30, setup: 5, time_windows: [[2000, 2100]] },
      { id: 12, location_index: 5, skills: [9], description: "crane" },
    ],
    shipments: [
      {
        amount: [2],
        pickup: { id: 3, location_index: 2 },
        delivery: { id: 3, location_index: 4, service: 10 },
        priority: 7,
      },
    ],
    matrices,
  });
  assert.equal(code, 0);
  assert.deepEqual(unassigned, [{ id: 12, type: "job", description: "crane", location_index: 5 }]);
  assert.deepEqual([summary.unassigned, summary.distance, summary.priority], [1, 8000, 14]);
  const [route] = routes;
  // 800 s of travel at 3,600 an hour, 8 km at 10, and 50 for setting out.
  assert.deepEqual([route.cost, route.duration, route.service, route.setup], [930, 800, 40, 5]);
  for (const step of route.steps)
    assert.ok(
      step.arrival + step.waiting_time + step.setup + step.service >= step.arrival && step.violations.length === 0,
    );
  const loads = route.steps.map(({ type, load }: { type: string; load: number[] }) => `${type} ${load[0]}`);
  assert.deepEqual(
    loads.filter((text: string) => /start|end/.test(text)),
    ["start 1", "end 0"],
  );
  assert.equal(Math.max(...route.steps.map(({ load }: { load: number[] }) => load[0])) <= 4, true);
});

test("S7 VROOM: a vehicle sets off when that is soon enough, is faster by its factor, and breaks", async () => {
  const { routes } = await answered({
    vehicles: [
      { id: 1, start_index: 0, speed_factor: 2, breaks: [{ id: 8, time_windows: [[5000, 5100]], service: 60 }] },
    ],
    jobs: [{ id: 1, location_index: 4, time_windows: [[5300, 5700]] }],
    matrices,
  });
  const [start, rest, job] = routes[0].steps;
  assert.deepEqual([rest.type, rest.id, rest.service, job.duration, job.waiting_time], ["break", 8, 60, 200, 0]);
  assert.ok(start.arrival >= 5000 && job.arrival >= 5300);
});

test("S7 VROOM: what is wrong is refused by its name, and what VROOM does not know is passed over with a remark", async () => {
  const vehicle = { id: 1, start_index: 0 };
  const job = { id: 1, location_index: 1 };
  const file = { vehicles: [vehicle], jobs: [job], matrices };
  assert.deepEqual(await faultsOf(file), []);
  const noted = await read({ ...file, jobs: [{ ...job, colour: 1 }] });
  assert.match(noted.remarks.join(), /passed over, as VROOM does: jobs\[0\].colour/);
  assert.deepEqual(await faultsOf({ ...file, jobs: [job, job] }), ["jobs[1].id"]);
  assert.deepEqual(await faultsOf({ ...file, vehicles: [{ id: 1 }] }), ["vehicles[0].start"]);
  const breaks = [{ id: 1, max_load: [1] }];
  assert.deepEqual(await faultsOf({ ...file, vehicles: [{ ...vehicle, breaks }] }), ["vehicles[0].breaks[0].max_load"]);
  assert.deepEqual(await faultsOf({ ...file, vehicles: [{ ...vehicle, type: 7 }] }), ["vehicles[0].type"]);
});

test("S7 VROOM: a job that delivers and picks up is one stop, and both amounts are told", async () => {
  const { summary, routes } = await answered({
    vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [3, 9] }],
    jobs: [{ id: 1, location_index: 1, delivery: [2, 0], pickup: [3, 1] }],
    matrices,
  });
  assert.deepEqual([summary.delivery, summary.amount, summary.pickup, summary.unassigned], [[2, 0], [2, 0], [3, 1], 0]);
  assert.deepEqual(
    routes[0].steps.map(({ type, load }: { type: string; load: number[] }) => [type, load]),
    [
      ["start", [2, 0]],
      ["job", [3, 1]],
      ["end", [3, 1]],
    ],
  );
});

test("S7 VROOM: times by the vehicle's type, and what an hour of work costs", async () => {
  const job = {
    id: 1,
    location_index: 1,
    setup: 60,
    service: 600,
    service_per_type: { crane: 100, tug: 5 },
    setup_per_type: { crane: 0 },
  };
  const costs = { per_hour: 3600, per_task_hour: 7200 };
  const vehicle = { start_index: 0, costs };
  const { routes } = await answered({
    vehicles: [
      { ...vehicle, id: 1 },
      { ...vehicle, id: 2, type: "crane" },
    ],
    jobs: [job],
    matrices,
  });
  const [{ vehicle: chosen, cost, setup, service, steps }] = routes;
  assert.deepEqual([chosen, setup, service, steps[1].setup, steps[1].service], [2, 0, 100, 0, 100]);
  // 100 s of travel at 1 a second, 100 s of work at 2.
  assert.equal(cost, 300);
});

test("S7 VROOM: what is driven before a break opens is travel, not waiting, and each route's seconds add up", async () => {
  const rest = { id: 8, time_windows: [[150, 160]], service: 60 };
  const { routes } = await answered({
    vehicles: [{ id: 1, start_index: 0, end_index: 0, breaks: [rest], time_window: [0, 9000] }],
    jobs: [{ id: 1, location_index: 4, time_windows: [[460, 470]] }],
    matrices,
  });
  const [{ steps, duration, waiting_time, service }] = routes;
  const [begin, pause, , end] = steps;
  assert.equal(pause.type, "break");
  assert.equal(pause.arrival + pause.waiting_time - begin.arrival, pause.duration + pause.waiting_time);
  assert.equal(end.arrival - begin.arrival, duration + waiting_time + service);
});

test("S7 VROOM: a break that asks for an empty van waits for the last delivery", async () => {
  const rest = { id: 9, time_windows: [[0, 500]], service: 60, max_load: [0] };
  const { routes } = await answered({
    vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [2], breaks: [rest] }],
    jobs: [{ id: 1, location_index: 3, delivery: [1], time_windows: [[300, 310]] }],
    matrices,
  });
  assert.deepEqual(
    routes[0].steps.map(({ type }: { type: string }) => type),
    ["start", "job", "break", "end"],
  );
});

test("S7 VROOM: the one matrix of its older versions is still understood", async () => {
  const { matrix } = { matrix: matrices.car.durations };
  const { problem } = await read({
    vehicles: [{ id: 1, start_index: 0 }],
    jobs: [{ id: 1, location_index: 4 }],
    matrix,
  });
  assert.equal(problem.matrices[0]!.seconds[1], 400);
});
