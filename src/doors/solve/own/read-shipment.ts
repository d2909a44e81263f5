import type { Shipment, Visit } from "../../../optimizer/index.ts";
import { join, type JsonReader } from "../json-reader.ts";
import { fieldsOf, readKind, readSkills, readWindows, type Names } from "./names.ts";

/** A pickup and its delivery, either alone, or the delivery of what is on board. */
export function readShipment(reader: JsonReader, value: unknown, path: string, names: Names): Shipment {
  const f = reader.object(value, path, fieldsOf("shipment"));
  const at = (name: string): string => join(path, name);
  const onBoard = reader.orNull(f["onBoard"], () =>
    reader.reference(f["onBoard"], at("onBoard"), names.vehicles, "vehicle"),
  );
  const visit = (name: "pickup" | "delivery"): Visit | null =>
    reader.orNull(f[name], () => readVisit(reader, f[name], at(name), names));
  const [pickup, delivery] = [visit("pickup"), visit("delivery")];
  if (onBoard !== null && pickup !== null) reader.fault(at("pickup"), "is on board already", "leave the pickup out");
  if (delivery === null && (onBoard !== null || pickup === null))
    reader.fault(at("delivery"), "is missing", "say where it goes, or where it is picked up");
  const references = (name: "forbidden" | "apart", known: ReadonlyMap<string, number>, what: string) =>
    f[name] === undefined
      ? {}
      : { [name]: reader.list(f[name], at(name), (id, p) => reader.reference(id, p, known, what)) };
  if (f["collects"] !== undefined && delivery === null)
    reader.fault(at("collects"), "has no delivery to be collected at", "write what is picked up as load");
  return {
    pickup,
    delivery,
    onBoard,
    load: reader.list(f["load"], at("load"), (n, p) => reader.number(n, p, 0)),
    ...(f["collects"] === undefined
      ? {}
      : { collects: reader.list(f["collects"], at("collects"), (n, p) => reader.number(n, p, 0)) }),
    needs: readSkills(reader, f["needs"], at("needs"), names),
    release: reader.orNull(f["release"], () => reader.instant(f["release"], at("release"))),
    penalty: reader.orNull(f["penalty"], () => reader.number(f["penalty"], at("penalty"), 0)),
    ...(f["priority"] === undefined ? {} : { priority: reader.number(f["priority"], at("priority"), 0) }),
    ...references("forbidden", names.vehicles, "vehicle"),
    ...references("apart", names.shipments, "shipment"),
    ...(f["maxRide"] === undefined ? {} : { maxRide: reader.number(f["maxRide"], at("maxRide"), 0) }),
    ...(f["held"] === undefined ? {} : { held: readHeld(reader, f["held"], at("held"), names) }),
  };
}

function readHeld(reader: JsonReader, value: unknown, path: string, names: Names): NonNullable<Shipment["held"]> {
  const { vehicle, price } = reader.object(value, path, fieldsOf("held"));
  return {
    vehicle: reader.reference(vehicle, join(path, "vehicle"), names.vehicles, "vehicle"),
    price: reader.number(price, join(path, "price"), 0),
  };
}

function readVisit(reader: JsonReader, value: unknown, path: string, names: Names): Visit {
  const f = reader.object(value, path, fieldsOf("visit"));
  const at = (name: string): string => join(path, name);
  const due = reader.orNull(f["due"], () => reader.instant(f["due"], at("due")));
  return {
    location: reader.reference(f["location"], at("location"), names.locations, "location"),
    windows: readWindows(reader, f["windows"], at("windows")),
    service: reader.number(f["service"], at("service"), 0),
    ...(f["setup"] === undefined ? {} : { setup: reader.number(f["setup"], at("setup"), 0) }),
    ...(f["byKind"] === undefined
      ? {}
      : { byKind: reader.list(f["byKind"], at("byKind"), (one, p) => readKindTimes(reader, one, p, names)) }),
    due,
    costPerLateSecond: reader.number(f["costPerLateSecond"], at("costPerLateSecond"), due === null ? 0 : 1),
  };
}

function readKindTimes(
  reader: JsonReader,
  value: unknown,
  path: string,
  names: Names,
): NonNullable<Visit["byKind"]>[number] {
  const f = reader.object(value, path, fieldsOf("kindTimes"));
  const seconds = <Name extends "service" | "setup">(name: Name): { [N in Name]?: number } =>
    f[name] === undefined ? {} : ({ [name]: reader.number(f[name], join(path, name), 0) } as { [N in Name]?: number });
  return { kind: readKind(reader, f["kind"], join(path, "kind"), names), ...seconds("service"), ...seconds("setup") };
}
