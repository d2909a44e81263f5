import assert from "node:assert/strict";
import { test } from "node:test";
import { google } from "../testing/problems.ts";
import { answered, faultsOf, read } from "../testing/reading.ts";

test("S9 Google: a request is answered as OptimizeTours says, in its instants and durations", async () => {
  const { routes, skippedShipments, metrics } = await answered(google);
  assert.deepEqual(skippedShipments, [{ index: 1 }]);
  const [{ visits, transitions, vehicleStartTime }] = routes;
  assert.equal(vehicleStartTime, "2026-11-21T08:00:00.000Z");
  assert.deepEqual(
    visits.map(({ shipmentIndex, isPickup, shipmentLabel }: Record<string, unknown>) => [
      shipmentIndex,
      isPickup,
      shipmentLabel,
    ]),
    [
      [0, true, "a"],
      [0, false, "a"],
    ],
  );
  assert.equal(transitions.length, 3);
  assert.deepEqual(transitions[1].vehicleLoads, { boxes: { amount: "2" } });
  assert.equal(transitions[1].totalDuration, transitions[1].travelDuration);
  assert.equal(metrics.usedVehicleCount, 1);
});

test("S9 Google: what is not known here is refused by its name", async () => {
  const model = (more: object) => ({ ...google, model: { ...google.model, ...more } });
  assert.deepEqual(await faultsOf(model({ precedenceRules: [{}] })), ["model.precedenceRules"]);
  assert.deepEqual(await faultsOf(model({ vehicles: [{ unloadingPolicy: "LAST_IN_FIRST_OUT" }] })), [
    "model.vehicles[0].unloadingPolicy",
  ]);
  assert.deepEqual(await faultsOf({ ...google, populatePolylines: true }), ["populatePolylines"]);
});

test("S9 Google: what visits of a type take longer, and a latest departure, are known", async () => {
  const here = { latitude: 41.15, longitude: -8.61 };
  const { problem } = await read({
    ...google,
    model: {
      ...google.model,
      shipments: [{ deliveries: [{ arrivalLocation: here, duration: "60s", visitTypes: ["stairs"] }] }],
      vehicles: [
        {
          startLocation: here,
          costPerHour: 1,
          startTimeWindows: [{ startTime: "2026-11-21T09:00:00Z", endTime: "2026-11-21T09:30:00Z" }],
        },
        { startLocation: here, extraVisitDurationForVisitType: { stairs: "120s", lift: "30s" } },
      ],
    },
  });
  assert.deepEqual(problem.vehicles[0]!.shift, { earliest: 3600, latest: 36_000, leaveBy: 5400 });
  assert.deepEqual(problem.shipments[0]!.delivery!.byKind, [{ kind: problem.vehicles[1]!.kind, service: 180 }]);
});
