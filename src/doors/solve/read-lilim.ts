import { isCall, type Visit } from "../../optimizer/index.ts";
import type { Fault, Read } from "./fault.ts";
import { plainFleet, plainShipment, plainVehicle, plainVisit, planeMatrix } from "./plane.ts";
import { sintef } from "./report.ts";
import type { Task } from "./task.ts";

interface Node {
  readonly x: number;
  readonly y: number;
  readonly demand: number;
  readonly ready: number;
  readonly due: number;
  readonly service: number;
  readonly pickup: number;
  readonly delivery: number;
}

/**
 * Reads a Li & Lim instance: a line of vehicles, capacity and speed, then a line for each node with id, x, y, demand,
 * ready, due, service, pickup, delivery; node 0 is the depot. Distance and time are Euclidean, in doubles.
 *
 * Source: Li & Lim, "A metaheuristic for the pickup and delivery problem with time windows", 2001; SINTEF TOP's format page.
 */
export function readLiLim(text: string): Read<Task> {
  const lines = text
    .split(/\r?\n/)
    .map((line, k) => ({ number: k + 1, fields: line.trim().split(/\s+/).filter(Boolean) }));
  const rows = lines.filter((line) => line.fields.length > 0);
  const faults: Fault[] = [];
  const fault = (line: number, what: string, mend: string): number => faults.push({ path: `line ${line}`, what, mend });
  for (const [k, { number, fields }] of rows.entries()) {
    const wanted = k === 0 ? 3 : 9;
    const names = k === 0 ? "vehicles, capacity, speed" : "id, x, y, demand, ready, due, service, pickup, delivery";
    if (fields.length !== wanted) fault(number, `${fields.length} numbers`, `write ${wanted}: ${names}`);
    else if (!fields.every((f) => Number.isFinite(Number(f)))) fault(number, `not all are numbers`, `write ${names}`);
    else if (k > 0 && Number(fields[0]) !== k - 1)
      fault(number, `node ${fields[0]}`, `number the nodes from 0 on; here comes ${k - 1}`);
    if (faults.length >= 20) break;
  }
  if (rows.length < 2) fault(1, "no depot", "write the vehicles' line and at least node 0");
  if (faults.length > 0) return { ok: false, faults };

  const [vehicles, capacity, speed] = rows[0]!.fields.map(Number) as [number, number, number];
  if (!Number.isInteger(vehicles) || vehicles < 1)
    fault(rows[0]!.number, `${vehicles} vehicles`, "write a whole number from 1 on");
  if (!(capacity >= 0)) fault(rows[0]!.number, `capacity ${capacity}`, "write a capacity from 0 on");
  if (!(speed > 0)) fault(rows[0]!.number, `speed ${speed}`, "write a speed above 0 (Li & Lim: 1)");
  const nodes = rows.slice(1).map(({ fields }) => node(fields.map(Number)));
  checkPairs(nodes, (k, what, mend) => fault(rows[k + 1]!.number, what, mend));
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, value: task(nodes, vehicles, capacity, speed) };
}

const node = (f: readonly number[]): Node => ({
  x: f[1]!,
  y: f[2]!,
  demand: f[3]!,
  ready: f[4]!,
  due: f[5]!,
  service: f[6]!,
  pickup: f[7]!,
  delivery: f[8]!,
});

function checkPairs(nodes: readonly Node[], fault: (node: number, what: string, mend: string) => void): void {
  nodes.forEach((n, k) => {
    if (n.service < 0) fault(k, `service ${n.service}`, "write seconds from 0 on");
    if (n.due < n.ready) fault(k, `due ${n.due} before ready ${n.ready}`, "let the window end after it begins");
    if (k === 0) return;
    if ((n.pickup === 0) === (n.delivery === 0))
      return fault(k, `node ${k} has no partner`, "name its pickup or its delivery");
    if (n.delivery === 0) {
      if (nodes[n.pickup]?.delivery !== k)
        fault(k, `node ${n.pickup} is not its pickup`, "let both lines name each other");
      return;
    }
    const partner = nodes[n.delivery];
    if (partner?.pickup !== k) fault(k, `node ${n.delivery} is not its delivery`, "let both lines name each other");
    else if (n.demand < 0 || partner.demand !== -n.demand)
      fault(k, `demand ${n.demand}`, "give pickup and delivery opposite demands");
  });
}

function task(nodes: readonly Node[], count: number, capacity: number, speed: number): Task {
  const depot = nodes[0]!;
  const vehicle = plainVehicle(0, [capacity], { earliest: depot.ready, latest: depot.due });
  const visit = (location: number): Visit => {
    const { ready, due, service } = nodes[location]!;
    return plainVisit(location, [{ earliest: ready, latest: due }], service);
  };
  const pickups = nodes.flatMap((n, k) => (n.delivery > 0 ? [k] : []));
  const shipments = pickups.map((k) => plainShipment(visit(k), visit(nodes[k]!.delivery), [nodes[k]!.demand]));
  const points = nodes.map(({ x, y }) => [x, y] as const);
  const exact = planeMatrix(points, (far) => far);
  const matrix = speed === 1 ? exact : { ...exact, seconds: planeMatrix(points, (far) => far / speed).seconds };
  return {
    problem: { matrices: [matrix], vehicles: plainFleet(count, vehicle, shipments), shipments },
    objective: "vehicles",
    unit: 1,
    vehicleName: (v) => String(v + 1),
    stopName: (stop) => (isCall(stop) ? shipments[stop.shipment]![stop.visit]!.location : stop.visit),
    shipmentName: (shipment) => pickups[shipment]!,
    locationName: (location) => location,
    points,
    isMap: false,
    remarks: [],
    out: sintef,
  };
}
