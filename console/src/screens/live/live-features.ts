import type { RouteWay } from "../../../../src/doors/api/contract.ts";
import type { Feature } from "geojson";
import { remainingWay } from "../../map/remaining-way.ts";
import type { CarrierLook } from "../../parts/carrier-look.ts";
import { trustOf, type Chosen, type CourierRow, type OrderRow, type Trust } from "./live-model.ts";

type Looks = ReadonlyMap<string, CarrierLook>;

/** The name of a marker's picture: shape, colour and how far it may be believed. */
export const markerName = (look: CarrierLook | undefined, trust: Trust): string =>
  `mark-${look?.shape ?? "circle"}-${look?.color ?? "none"}-${trust === "none" ? "old" : trust}`;

const point = (coordinates: readonly number[], properties: Feature["properties"]): Feature => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [...coordinates] },
  properties,
});

type Age = (age_s: number) => string;
/** The name on the map; with the age of the position where it may no longer be believed. */
const nameWithAge = (name: string, age_s: number, age: Age): string =>
  trustOf(age_s) === "fresh" ? name : `${name} · ${age(age_s)}`;

/** Own and partner couriers where they were last seen. Those never heard of cannot be drawn: the list has them. */
export function courierFeatures(rows: readonly CourierRow[], looks: Looks, chosen: Chosen, age: Age): Feature[] {
  return rows.flatMap(({ id, name, courier, trust }) =>
    courier.position === null
      ? []
      : [
          point(courier.position.point, {
            id,
            name: nameWithAge(name, courier.position.ageSeconds, age),
            icon: markerName(looks.get(courier.carrier.id), trust),
            chosen: chosen?.id === id,
          }),
        ],
  );
}

/** Carriers that tell where they are leg by leg: platforms and partners without couriers of ours. */
export function carrierFeatures(rows: readonly OrderRow[], looks: Looks, chosen: Chosen, age: Age): Feature[] {
  return rows.flatMap(({ id, leg }) =>
    leg.carrierPosition === null
      ? []
      : [
          point(leg.carrierPosition.point, {
            id,
            name: nameWithAge(leg.carrier?.name ?? "", leg.carrierPosition.ageSeconds, age),
            icon: markerName(
              leg.carrier === null ? undefined : looks.get(leg.carrier.id),
              trustOf(leg.carrierPosition.ageSeconds),
            ),
            chosen: chosen?.id === id,
          }),
        ],
  );
}

/** The road still ahead of each courier. */
export function wayFeatures(
  rows: readonly CourierRow[],
  ways: ReadonlyMap<string, RouteWay>,
  looks: Looks,
  chosen: Chosen,
): Feature[] {
  return rows.flatMap(({ id, courier }) => {
    const way = courier.stops.length === 0 ? undefined : ways.get(courier.shift)?.way;
    if (way === undefined || way.length < 2) return [];
    const ahead = remainingWay(way, courier.position?.point ?? null);
    return [
      {
        type: "Feature" as const,
        geometry: { type: "LineString" as const, coordinates: ahead.map((place) => [...place]) },
        properties: { id, color: looks.get(courier.carrier.id)?.color ?? -1, chosen: chosen?.id === id },
      },
    ];
  });
}

/** Where open orders are fetched and brought; a pickup is gone once the goods are on board. */
export function placeFeatures(rows: readonly OrderRow[], looks: Looks, chosen: Chosen): Feature[] {
  return rows.flatMap(({ id, leg, phase, promise }) => {
    const shared = {
      id,
      color: leg.carrier === null ? -1 : (looks.get(leg.carrier.id)?.color ?? -1),
      late: promise === "late",
      chosen: chosen?.id === id || (chosen?.kind === "courier" && leg.courier === chosen.id),
    };
    const ends = [point(leg.to, { ...shared, end: "dropoff" })];
    return phase === "carrying" ? ends : [...ends, point(leg.from, { ...shared, end: "pickup" })];
  });
}

/** From where it is now to its door, for the chosen order: a straight line, which claims no road. */
export function chosenLine(row: OrderRow | undefined, courier: CourierRow | undefined): Feature[] {
  if (row === undefined) return [];
  const { leg, phase } = row;
  const carrier = leg.carrierPosition?.point ?? courier?.courier.position?.point ?? null;
  const stops = [...(carrier === null ? [] : [carrier]), ...(phase === "carrying" ? [] : [leg.from]), leg.to];
  return stops.length < 2
    ? []
    : [
        {
          type: "Feature",
          geometry: { type: "LineString", coordinates: stops.map((stop) => [...stop]) },
          properties: {},
        },
      ];
}
