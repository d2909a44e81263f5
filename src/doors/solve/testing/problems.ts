import { street } from "./reading.ts";

/** Ways of VROOM's: six places on a street, 100 s and 1,000 m apart. */
export const matrices = { car: { durations: street(6, 100), distances: street(6, 1000) } };

/** A request of Google's: one pair that fits, one place at the other end of the world. */
export const google = {
  model: {
    globalStartTime: "2026-11-21T08:00:00Z",
    globalEndTime: "2026-11-21T18:00:00Z",
    shipments: [
      {
        label: "a",
        pickups: [{ arrivalLocation: { latitude: 41.15, longitude: -8.61 }, duration: "120s" }],
        deliveries: [{ arrivalLocation: { latitude: 41.16, longitude: -8.62 } }],
        loadDemands: { boxes: { amount: "2" } },
      },
      { deliveries: [{ arrivalLocation: { latitude: 51, longitude: 0 } }], penaltyCost: 3 },
    ],
    vehicles: [
      {
        startLocation: { latitude: 41.15, longitude: -8.61 },
        costPerKilometer: 1,
        loadLimits: { boxes: { maxLoad: 3 } },
      },
    ],
  },
  useGeodesicDistances: true,
  geodesicMetersPerSecond: 10,
};
