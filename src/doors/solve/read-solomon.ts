import { isCall } from "../../optimizer/index.ts";
import type { Fault, Read } from "./fault.ts";
import { plainFleet, plainShipment, plainVehicle, plainVisit, planeMatrix } from "./plane.ts";
import { sintef } from "./report.ts";
import type { Task } from "./task.ts";

const columns = "number, x, y, demand, ready, due, service";

/** A name, then a line VEHICLE: no other format here has one. */
export const isSolomon = (text: string): boolean => /^[^\n]*\r?\n\s*VEHICLE\s*$/im.test(text);

/**
 * Reads an instance of Solomon's form, which Gehring & Homberger's have as well: a name, VEHICLE with number and capacity,
 * CUSTOMER with a line for each; customer 0 is the depot. Goods come from the depot; distance and time are Euclidean, in doubles.
 *
 * Source: Solomon, "Algorithms for the vehicle routing and scheduling problems with time window constraints", 1987; SINTEF TOP's format page.
 */
export function readSolomon(text: string): Read<Task> {
  const rows = text
    .split(/\r?\n/)
    .map((line, k) => ({ line: k + 1, numbers: line.trim().split(/\s+/).filter(Boolean).map(Number) }))
    // Headings are words alone; a row with any number in it is meant to be read.
    .filter(({ numbers }) => numbers.some((n) => !Number.isNaN(n)));
  const faults: Fault[] = [];
  const fault = (line: number, what: string, mend: string): void => {
    if (faults.length < 20) faults.push({ path: `line ${line}`, what, mend });
  };
  const [fleet, ...customers] = rows;
  if (fleet === undefined || customers.length === 0)
    fault(1, "no depot", "write the fleet's line and at least customer 0");
  const [count = 0, capacity = 0] = fleet?.numbers ?? [];
  if (fleet && (fleet.numbers.length !== 2 || !Number.isInteger(count) || count < 1 || !(capacity >= 0)))
    fault(fleet.line, fleet.numbers.join(" "), "write how many vehicles there are, and their capacity");
  customers.forEach(({ line, numbers }, k) => {
    const [id, , , demand = 0, ready = 0, due = 0, service = 0] = numbers;
    if (numbers.length !== 7 || !numbers.every(Number.isFinite))
      fault(line, `${numbers.filter(Number.isFinite).length} numbers`, `write 7: ${columns}`);
    else if (id !== k) fault(line, `customer ${id}`, `number the customers from 0 on; here comes ${k}`);
    else if (due < ready) fault(line, `due ${due} before ready ${ready}`, "let the window end after it begins");
    else if (demand < 0 || service < 0) fault(line, "less than nothing", "write demand and service from 0 on");
  });
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    value: task(
      customers.map(({ numbers }) => numbers),
      count,
      capacity,
    ),
  };
}

function task(rows: readonly (readonly number[])[], count: number, capacity: number): Task {
  const [, , , , opens, closes] = rows[0] as [number, number, number, number, number, number];
  const vehicle = plainVehicle(0, [capacity], { earliest: opens, latest: closes });
  const shipments = rows.slice(1).map(([id, , , demand, ready, due, service]) => {
    const window = { earliest: ready!, latest: due! };
    return plainShipment(null, plainVisit(id!, [window], service!), [demand!]);
  });
  const points = rows.map(([, x, y]) => [x!, y!] as const);
  return {
    problem: {
      matrices: [planeMatrix(points, (far) => far)],
      vehicles: plainFleet(count, vehicle, shipments),
      shipments,
    },
    objective: "vehicles",
    unit: 1,
    vehicleName: (v) => String(v + 1),
    stopName: (stop) => (isCall(stop) ? stop.shipment + 1 : stop.visit),
    shipmentName: (shipment) => shipment + 1,
    locationName: (location) => location,
    points,
    isMap: false,
    remarks: [],
    out: sintef,
  };
}
