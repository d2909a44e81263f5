import { invariant } from "../../kernel/invariant.ts";
import {
  check,
  isCall,
  solve,
  type Problem,
  type Shipment,
  type Solution,
  type Vehicle,
  type Visit,
} from "../index.ts";

/**
 * A street of places 100 m apart, driven at 1 m/s: place `k` is at `100 k` metres, and a metre costs 1. What should come
 * out can be seen with the naked eye, and stands in each note.
 */
export const street = (places: number, secondsPerMeter = 1) => {
  const meters = Uint32Array.from(
    { length: places * places },
    (_, k) => 100 * Math.abs(Math.floor(k / places) - (k % places)),
  );
  return { size: places, meters, seconds: meters.map((m) => m * secondsPerMeter) };
};

export const at = (location: number, more: Partial<Visit> = {}): Visit => ({
  location,
  windows: [],
  service: 0,
  due: null,
  costPerLateSecond: 0,
  ...more,
});
export const between = (earliest: number | null, latest: number | null): Pick<Visit, "windows"> => ({
  windows: [{ earliest, latest }],
});

export const van = (more: Partial<Vehicle> = {}): Vehicle => ({
  start: 0,
  end: 0,
  shift: { earliest: 0, latest: null },
  capacity: [10],
  matrix: 0,
  fixedCost: 0,
  costPerSecond: 0,
  costPerMeter: 1,
  skills: [],
  maxStops: null,
  frozen: [],
  ...more,
});

export const order = (pickup: Visit | null, delivery: Visit | null, more: Partial<Shipment> = {}): Shipment => ({
  pickup,
  delivery,
  onBoard: null,
  load: [1],
  needs: [],
  release: null,
  penalty: null,
  ...more,
});

type Note = Omit<Problem, "matrices"> & Partial<Pick<Problem, "matrices">>;

const names = "ABCDEFGH";

/** `+A` picks A up, `-A` delivers it; breaks and stations by their word. Vehicles are parted by ` | `. */
export const written = ({ routes }: Solution): string =>
  routes
    .map((stops) =>
      stops
        .map((stop) => (isCall(stop) ? (stop.visit === "pickup" ? "+" : "-") + names[stop.shipment]! : stop.visit))
        .join(" "),
    )
    .join(" | ");

export function solved(note: Note): Solution & { readonly problem: Problem } {
  const problem: Problem = { matrices: [street(11)], ...note };
  const solution = solve(problem, { seed: 1, objective: "cost", budget: { iterations: 200 } });
  const [violation] = check(problem, solution);
  invariant(violation === undefined, violation?.message ?? "");
  return { ...solution, problem };
}

/** The whole outcome in one line: routes, cost, and who stays out. */
export function outcome(note: Note): string {
  const solution = solved(note);
  const out = solution.unassigned.length === 0 ? "" : `, without ${solution.unassigned.map((s) => names[s]).join(" ")}`;
  return `${written(solution)}, ${solution.cost.total}${out}`;
}
