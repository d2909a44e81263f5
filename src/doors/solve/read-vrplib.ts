import { isCall, type Matrix, type Vehicle } from "../../optimizer/index.ts";
import type { Fault, Read } from "./fault.ts";
import { plainShipment, plainVehicle, plainVisit, planeMatrix } from "./plane.ts";
import type { Report, Task } from "./task.ts";
import { explicitMatrix } from "./vrplib-matrix.ts";
import { takeApart, type Vrplib } from "./vrplib-sections.ts";

/** How the published sets round: VRPTW cuts off after one decimal (DIMACS), MDVRPTW rounds to three, CVRP to none (TSPLIB's EUC_2D). */
const conventions: Readonly<Record<string, { readonly unit: number; readonly rounded: (far: number) => number }>> = {
  CVRP: { unit: 1, rounded: (far) => Math.round(far) },
  VRPTW: { unit: 10, rounded: (far) => Math.trunc(far * 10) },
  MDVRPTW: { unit: 1000, rounded: (far) => Math.round(far * 1000) },
};

/**
 * Reads a VRPLIB instance: CVRP, VRPTW or MDVRPTW, with EUC_2D or EXPLICIT distances, and limits on each route's duration
 * (DISTANCE, as the CVRP sets use it, or VEHICLES_MAX_DURATION; the start may be delayed) and distance. Goods come from the
 * depot. All is searched in whole tenths or thousandths, as the sets' own figures are counted. Where VEHICLES is missing,
 * there is a vehicle for each client.
 *
 * Source: VRPLIB's format as CVRPLIB publishes it; the dialect of github.com/PyVRP/Instances for VRPTW and MDVRPTW.
 */
export function readVrplib(text: string): Read<Task> {
  const faults: Fault[] = [];
  const fault = (f: Fault): void => {
    if (faults.length < 20) faults.push(f);
  };
  const file = takeApart(text, fault);
  const type = file.keys.get("TYPE") ?? "CVRP";
  const convention = conventions[type];
  if (convention === undefined)
    fault({ path: "TYPE", what: type, mend: `known: ${Object.keys(conventions).join(", ")}` });
  const nodes = faults.length === 0 ? readNodes(file, fault) : null;
  if (nodes === null || faults.length > 0) return { ok: false, faults };
  const explicit = file.keys.get("EDGE_WEIGHT_TYPE") === "EXPLICIT";
  const unit = explicit ? 1 : convention!.unit;
  const matrix = explicit ? explicitMatrix(file, nodes.size, fault) : planeMatrix(nodes.points, convention!.rounded);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: task(nodes, matrix, unit) };
}

interface Nodes {
  readonly size: number;
  readonly points: readonly (readonly [number, number])[];
  readonly hasPoints: boolean;
  readonly demand: readonly number[];
  readonly service: readonly number[];
  readonly windows: readonly (readonly [number, number] | null)[];
  /** By index of node. */
  readonly depots: readonly number[];
  /** The depot of each vehicle. */
  readonly fleet: readonly number[];
  readonly capacity: number;
  readonly maxDuration: number | null;
  readonly maxDistance: number | null;
}

function readNodes(file: Vrplib, fault: (f: Fault) => void): Nodes | null {
  const number = (key: string, missing: number | null): number | null => {
    const text = file.keys.get(key);
    if (text === undefined) return missing;
    if (Number(text) >= 0) return Number(text);
    fault({ path: key, what: text, mend: "write a number from 0 on" });
    return missing;
  };
  const size = number("DIMENSION", file.sections.get("NODE_COORD_SECTION")?.length ?? 0)!;
  if (!Number.isInteger(size) || size < 2 || size > 10_000) {
    fault({ path: "DIMENSION", what: String(size), mend: "write how many nodes there are, from 2 to 10000" });
    return null;
  }
  const byNode = <Value>(
    section: string,
    width: number,
    missing: Value,
    read: (row: readonly number[], line: number) => Value,
  ): Value[] => {
    const values = Array.from({ length: size }, () => missing);
    for (const { line, numbers } of file.sections.get(section) ?? []) {
      const node = numbers[0]! - 1;
      if (numbers.length !== width || !Number.isInteger(node) || node < 0 || node >= size)
        fault({
          path: `line ${line}`,
          what: `${numbers.length} numbers`,
          mend: `write a node from 1 to ${size}, and ${width - 1} more`,
        });
      else values[node] = read(numbers, line);
    }
    return values;
  };
  const notNegative = (amount: number, line: number): number => {
    if (amount < 0) fault({ path: `line ${line}`, what: String(amount), mend: "write a number from 0 on" });
    return amount;
  };
  const filled = new Set((file.sections.get("NODE_COORD_SECTION") ?? []).map(({ numbers }) => numbers[0]));
  if (filled.size > 0 && filled.size < size)
    fault({ path: "NODE_COORD_SECTION", what: `${filled.size} nodes`, mend: `write all ${size} of DIMENSION` });
  const depots = (file.sections.get("DEPOT_SECTION") ?? [])
    .map(({ numbers }) => numbers[0]!)
    .filter((node) => node > 0);
  if (depots.length === 0 || depots.some((node) => !Number.isInteger(node) || node > size))
    fault({ path: "DEPOT_SECTION", what: depots.join(" ") || "no depot", mend: `name a node from 1 to ${size}` });
  const service = number("SERVICE_TIME", 0)!;
  const clients = size - depots.length;
  const asked = number("VEHICLES", clients)!;
  const count = depots.length > 1 ? asked : Math.min(asked, clients);
  if (!Number.isInteger(asked)) fault({ path: "VEHICLES", what: String(asked), mend: "write a whole number" });
  const homes = new Map(
    (file.sections.get("VEHICLES_DEPOT_SECTION") ?? []).map(({ numbers }) => [numbers[0], numbers[1]]),
  );
  if (depots.length > 1 && homes.size < count)
    fault({
      path: "VEHICLES_DEPOT_SECTION",
      what: `${homes.size} of ${count} vehicles`,
      mend: "name a depot for each vehicle",
    });
  return {
    size,
    points: byNode("NODE_COORD_SECTION", 3, [0, 0] as const, ([, x, y]) => [x!, y!] as const),
    hasPoints: file.sections.has("NODE_COORD_SECTION"),
    demand: byNode("DEMAND_SECTION", 2, 0, ([, demand], line) => notNegative(demand!, line)),
    service: byNode("SERVICE_TIME_SECTION", 2, service, ([, seconds], line) => notNegative(seconds!, line)),
    windows: byNode<readonly [number, number] | null>("TIME_WINDOW_SECTION", 3, null, ([, from, to], line) => {
      if (to! < from!)
        fault({ path: `line ${line}`, what: `${to} before ${from}`, mend: "let the window end after it begins" });
      return [from!, to!];
    }),
    depots: depots.map((node) => node - 1),
    fleet: Array.from({ length: count }, (_, v) => (homes.get(v + 1) ?? depots[0] ?? 1) - 1),
    capacity: number("CAPACITY", Infinity)!,
    maxDuration: number("VEHICLES_MAX_DURATION", number("DISTANCE", null)),
    maxDistance: number("VEHICLES_MAX_DISTANCE", null),
  };
}

function task(nodes: Nodes, matrix: Matrix, unit: number): Task {
  const { depots, windows, maxDuration, maxDistance } = nodes;
  const limits: Partial<Vehicle> = {
    ...(maxDuration === null
      ? {}
      : { duty: { costPerSecond: 0, overtimeAfter: null, overtimePerSecond: 0, longest: maxDuration * unit } }),
    ...(maxDistance === null ? {} : { maxMeters: maxDistance * unit }),
  };
  const vehicle = (depot: number): Vehicle => {
    const [opens, closes] = windows[depot] ?? [0, null];
    const shift = { earliest: opens * unit, latest: closes === null ? null : closes * unit };
    return plainVehicle(depot, [nodes.capacity], shift, limits);
  };
  const homes = new Map(depots.map((depot) => [depot, vehicle(depot)]));
  const clients = nodes.demand.flatMap((_, node) => (homes.has(node) ? [] : [node]));
  const shipments = clients.map((node) => {
    const window = windows[node];
    const open = window ? [{ earliest: window[0] * unit, latest: window[1] * unit }] : [];
    return plainShipment(null, plainVisit(node, open, nodes.service[node]! * unit), [nodes.demand[node]!]);
  });
  return {
    problem: {
      matrices: [matrix],
      vehicles: nodes.fleet.map((depot) => homes.get(depot) ?? vehicle(depot)),
      shipments,
    },
    objective: "distance",
    unit,
    vehicleName: (v) => String(v + 1),
    stopName: (stop) => (isCall(stop) ? clients[stop.shipment]! + 1 : stop.visit),
    shipmentName: (shipment) => clients[shipment]! + 1,
    locationName: (location) => location + 1,
    points: nodes.points.map((point) => (nodes.hasPoints ? point : null)),
    isMap: false,
    remarks: [],
    out: (report) => solutionFile(report, depots.length > 1 ? nodes.fleet.length : 0),
  };
}

/**
 * CVRPLIB's form of a solution: a stop is written one less than its node. With several depots route k is that of vehicle k,
 * so that all of the `fleet` have a line.
 */
function solutionFile({ plan, distance }: Report, fleet: number): string {
  const routes = new Map(plan.map(({ vehicle, stops }, k) => [fleet > 0 ? Number(vehicle) : k + 1, stops]));
  const lines = Array.from({ length: Math.max(fleet, plan.length) }, (_, k) => {
    const stops = (routes.get(k + 1) ?? []).map(({ visit }) => Number(visit) - 1);
    return `Route #${k + 1}: ${stops.join(" ")}`.trimEnd();
  });
  return `${lines.join("\n")}\nCost ${distance}\n`;
}
