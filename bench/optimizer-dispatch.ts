// Dispatch-like days (dispatch-gen.mjs), by cost, beside the prototype at equal time.
import { join } from "node:path";
import { check, type Problem, type Shipment, type Vehicle, type Visit } from "../src/optimizer/index.ts";
import { baselines, mean, percent, script, searched, type Settings } from "./optimizer-search.ts";

interface Stop {
  readonly x: number;
  readonly y: number;
  readonly service: number;
  readonly tw: readonly [number, number];
}

interface Day {
  readonly unassignedPenalty: number;
  readonly orders: readonly {
    readonly amount: number;
    readonly skills: readonly number[];
    readonly pickup: Stop;
    readonly delivery: Stop;
  }[];
  readonly vehicles: readonly {
    readonly x: number;
    readonly y: number;
    readonly capacity: number;
    readonly skills: readonly number[];
    readonly shift: readonly [number, number];
  }[];
}

interface Generator {
  readonly dispatchInstance: (orders: number, vehicles: number, seed: number) => Day;
  readonly travel: (day: Day, ax: number, ay: number, bx: number, by: number) => number;
}

const generator = (): Promise<Generator> => import(join(baselines, "dispatch-gen.mjs")) as Promise<Generator>;

/** Pickup `p` is at place `2 p`, its delivery at `2 p + 1`, vehicle `v` at `2 n + v`. The matrix is shared by threads. */
export async function dispatchDay(orders: number, vehicles: number, seed: number): Promise<Problem> {
  const { dispatchInstance, travel } = await generator();
  const day = dispatchInstance(orders, vehicles, seed);
  const places = [...day.orders.flatMap(({ pickup, delivery }) => [pickup, delivery]), ...day.vehicles];
  const size = places.length;
  const seconds = new Uint32Array(new SharedArrayBuffer(size * size * 4));
  places.forEach((a, i) => places.forEach((b, j) => (seconds[i * size + j] = travel(day, a.x, a.y, b.x, b.y))));
  const visit = (location: number, { tw, service }: Stop): Visit => ({
    location,
    windows: [{ earliest: tw[0], latest: tw[1] }],
    service,
    due: null,
    costPerLateSecond: 0,
  });
  return {
    matrices: [{ size, seconds, meters: seconds }],
    vehicles: day.vehicles.map(({ shift, capacity, skills }, v): Vehicle => ({
      start: 2 * orders + v,
      end: null,
      shift: { earliest: shift[0], latest: shift[1] },
      capacity: [capacity],
      matrix: 0,
      fixedCost: 0,
      costPerSecond: 1,
      costPerMeter: 0,
      skills,
      maxStops: null,
      frozen: [],
    })),
    shipments: day.orders.map(({ amount, skills, pickup, delivery }, p): Shipment => ({
      pickup: visit(2 * p, pickup),
      delivery: visit(2 * p + 1, delivery),
      onBoard: null,
      load: [amount],
      needs: skills,
      release: null,
      penalty: day.unassignedPenalty,
    })),
  };
}

const sizes = [
  [200, 50],
  [500, 125],
  [1000, 250],
  [2000, 500],
] as const;

export async function dispatch({ seconds, seeds, threads, only, peer, processor }: Settings): Promise<void> {
  console.log("orders / vehicles  seed   ours cost  prototype  ours / prototype   iterations/s");
  const ratios: number[] = [];
  for (const [orders, vehicles] of sizes) {
    if (only.length > 0 && !only.includes(String(orders))) continue;
    for (const seed of seeds) {
      const problem = await dispatchDay(orders, vehicles, seed);
      const solution = await searched({ problem, objective: "cost", seed, seconds, threads, processor });
      const faults = check(problem, solution);
      if (faults.length > 0) throw new Error(JSON.stringify(faults[0]));
      const ours = solution.cost.total;
      const runs = peer
        ? await Promise.all(
            Array.from({ length: threads }, (_, k) =>
              script("proto-dispatch.mjs", [orders, vehicles, seed, seconds, seed * threads + k], { processor }),
            ),
          )
        : [];
      const theirs = Math.min(...runs.map(({ cost }) => cost!));
      ratios.push(ours / theirs);
      const cells = [`${orders} / ${vehicles}`.padEnd(18), String(seed).padStart(4), ours.toFixed(0).padStart(11)];
      cells.push(peer ? theirs.toFixed(0).padStart(10) : "", peer ? (ours / theirs).toFixed(4).padStart(17) : "");
      cells.push((solution.iterations / seconds).toFixed(0).padStart(14));
      console.log(cells.join(" "));
    }
  }
  if (peer) console.log(`mean: ${percent(mean(ratios) - 1)} against the prototype`);
}
