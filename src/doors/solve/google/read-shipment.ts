import type { Shipment, Visit } from "../../../optimizer/index.ts";
import { join } from "../json-reader.ts";
import type { GooglePlaces } from "./places.ts";
import type { GoogleReader, Json } from "./values.ts";

/** A shipment with what the answer repeats. */
export interface GoogleShipment {
  readonly shipment: Shipment;
  /** Among the request's. */
  readonly index: number;
  readonly label: string | null;
  readonly pickupLabel: string | null;
  readonly deliveryLabel: string | null;
  readonly isIgnored: boolean;
}

interface Parts {
  readonly google: GoogleReader;
  readonly places: GooglePlaces;
  readonly loads: readonly string[];
  /** When the model ends. */
  readonly span: { readonly end: number };
  /** By kind of vehicle, what visits of a type take longer; and how many vehicles there are. */
  readonly extras: readonly Readonly<Record<string, number>>[];
  readonly vehicles: number;
}

const known = [
  "displayName",
  "pickups",
  "deliveries",
  "loadDemands",
  "penaltyCost",
  "allowedVehicleIndices",
  "pickupToDeliveryTimeLimit",
  "label",
  "ignore",
];
const refused = [
  "costsPerVehicle",
  "costsPerVehicleIndices",
  "pickupToDeliveryRelativeDetourLimit",
  "pickupToDeliveryAbsoluteDetourLimit",
  "shipmentType",
];

export function readShipment(parts: Parts, value: unknown, path: string, index: number): GoogleShipment {
  const { google, loads, vehicles } = parts;
  const f = google.fields(value, path, known, refused);
  const at = (name: string): string => join(path, name);
  const pickup = readOnly(parts, f["pickups"], at("pickups"));
  const delivery = readOnly(parts, f["deliveries"], at("deliveries"));
  if (pickup === null && delivery === null)
    google.json.fault(path, "has neither pickups nor deliveries", "give one of them");
  const demands = google.json.object(f["loadDemands"] ?? {}, at("loadDemands"), loads);
  const allowed = google.json.list(f["allowedVehicleIndices"], at("allowedVehicleIndices"), (n, p) =>
    google.json.whole(n, p, 0, Math.max(0, vehicles - 1)),
  );
  const limit = f["pickupToDeliveryTimeLimit"];
  // Google counts from the beginning of the pickup, the optimizer from its end.
  const ride = google.duration(limit, at("pickupToDeliveryTimeLimit"), 0) - (pickup?.visit.service ?? 0);
  if (limit !== undefined && pickup?.visit.byKind !== undefined)
    google.json.fault(
      at("pickupToDeliveryTimeLimit"),
      "stands beside a pickup that takes some vehicles longer",
      "leave one out",
    );
  if (limit !== undefined && ride < 0)
    google.json.fault(at("pickupToDeliveryTimeLimit"), "is shorter than the pickup", "give it more time");
  const shipment: Shipment = {
    pickup: pickup?.visit ?? null,
    delivery: delivery?.visit ?? null,
    onBoard: null,
    load: loads.map((name) => {
      const here = join(at("loadDemands"), name);
      const { amount } = google.json.object(demands[name] ?? {}, here, ["amount"]);
      return google.count(amount, `${here}.amount`);
    }),
    needs: [],
    release: null,
    penalty: f["penaltyCost"] === undefined ? null : google.price(f["penaltyCost"], at("penaltyCost")),
    ...(allowed.length === 0
      ? {}
      : { forbidden: Array.from({ length: vehicles }, (_, v) => v).filter((v) => !allowed.includes(v)) }),
    ...(limit === undefined ? {} : { maxRide: Math.max(0, ride) }),
  };
  const labels = { pickupLabel: pickup?.label ?? null, deliveryLabel: delivery?.label ?? null };
  return { shipment, index, label: google.json.label(f, path), ...labels, isIgnored: f["ignore"] === true };
}

interface VisitRead {
  readonly visit: Visit;
  readonly label: string | null;
}

/** Google takes alternatives of which one is visited; here there is one or none. */
function readOnly(parts: Parts, value: unknown, path: string): VisitRead | null {
  const visits = parts.google.json.list(value, path, (one, here) => readVisit(parts, one, here));
  if (visits.length > 1) parts.google.json.fault(`${path}[1]`, "alternatives are not known here", "give one place");
  return visits[0] ?? null;
}

const visitKnown = ["arrivalLocation", "arrivalWaypoint", "tags", "timeWindows", "duration", "label", "visitTypes"];
const visitRefused = ["departureLocation", "departureWaypoint", "cost", "loadDemands", "avoidUTurns"];

function readVisit({ google, places, span, extras }: Parts, value: unknown, path: string): VisitRead {
  const f = google.fields(value, path, visitKnown, visitRefused);
  const at = (name: string): string => join(path, name);
  const point = google.place(f, path, "arrivalLocation", "arrivalWaypoint");
  if (point === null) google.json.fault(at("arrivalLocation"), "is missing", "say where it is");
  const windows = google.json.list(f["timeWindows"], at("timeWindows"), (one, here) => readWindow(google, one, here));
  if (windows.length > 1 && windows.some(({ due }) => due !== null))
    google.json.fault(at("timeWindows"), "has a soft end beside another window", "give one window");
  const types = google.json.list(f["visitTypes"], at("visitTypes"), (one, here) => google.json.text(one, here));
  const service = google.duration(f["duration"], at("duration"), 0);
  const byKind = extras.flatMap((extra, kind) => {
    const more = types.reduce((sum, type) => sum + (Object.hasOwn(extra, type) ? extra[type]! : 0), 0);
    return more > 0 ? [{ kind, service: service + more }] : [];
  });
  const visit: Visit = {
    location: places.number(point ?? [0, 0]),
    windows: windows.length > 0 ? windows.map(({ window }) => window) : [{ earliest: 0, latest: span.end }],
    service,
    ...(byKind.length > 0 ? { byKind } : {}),
    due: windows[0]?.due ?? null,
    costPerLateSecond: windows[0]?.costPerLateSecond ?? 0,
  };
  return { visit, label: google.json.label(f, path) };
}

function readWindow(google: GoogleReader, value: unknown, path: string) {
  const f: Json = google.fields(
    value,
    path,
    ["startTime", "endTime", "softEndTime", "costPerHourAfterSoftEndTime"],
    ["softStartTime", "costPerHourBeforeSoftStartTime"],
  );
  const instant = (name: string): number | null =>
    f[name] === undefined ? null : google.instant(f[name], join(path, name));
  const window = { earliest: instant("startTime"), latest: instant("endTime") };
  if (window.earliest !== null && window.latest !== null && window.latest < window.earliest)
    google.json.fault(path, "ends before it begins", "let the window end after it begins");
  const price = google.price(f["costPerHourAfterSoftEndTime"], join(path, "costPerHourAfterSoftEndTime"));
  return { window, due: instant("softEndTime"), costPerLateSecond: price / 3600 };
}
