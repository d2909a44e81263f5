import { greatCircle, type Point } from "../../../src/kernel/point.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { World } from "../world.ts";
import type { WireResponse } from "../wire.ts";
import { isObject } from "../shared/json.ts";
import { covers, type Market } from "../shared/market.ts";
import type { Reading } from "../shared/reading.ts";
import { no } from "./errors.ts";

export interface DetailedAddress {
  readonly street_address_1: string;
  readonly street_address_2: string;
  readonly city: string;
  readonly state: string;
  readonly zip_code: string;
  readonly country: string;
}

/** One end of a delivery as the caller wrote it; the point is still to be found. */
export interface PlaceRequest {
  readonly end: "pickup" | "dropoff";
  readonly address: string;
  readonly detailed: DetailedAddress;
  readonly given: Point | null;
}

export interface Place extends PlaceRequest {
  readonly point: Point;
}

const phone = /^\+[0-9]+$/;

export const readPhone = (reading: Reading, end: string, required: boolean): string | null =>
  reading.text(`${end}_phone_number`, { required, pattern: phone, otherwise: `${end} phone number is not valid` });

export function readPlace(reading: Reading, end: "pickup" | "dropoff"): PlaceRequest | null {
  const address = reading.text(`${end}_address`, { required: true });
  const latitude = reading.number(`${end}_latitude`, { min: -90, max: 90 });
  const longitude = reading.number(`${end}_longitude`, { min: -180, max: 180 });
  if ((latitude === null) !== (longitude === null))
    return reading.wrong(`${end}_latitude`, "latitude and longitude must be given together");
  const detailed = address === null ? null : detailedAddress(address);
  if (address !== null && detailed === null)
    return reading.wrong(`${end}_address`, "address must be one line, or a JSON string with street_address as a list");
  if (address === null || detailed === null) return null;
  return { end, address, detailed, given: latitude === null || longitude === null ? null : [longitude, latitude] };
}

/** Text that begins like JSON must be the documented object; anything else is one line. */
function detailedAddress(address: string): DetailedAddress | null {
  const empty = { street_address_2: "", city: "", state: "", zip_code: "", country: "" };
  if (!address.trimStart().startsWith("{")) return { street_address_1: address, ...empty };
  let parts: unknown;
  try {
    parts = JSON.parse(address);
  } catch {
    return null;
  }
  if (!isObject(parts)) return null;
  const street: unknown = parts["street_address"];
  if (!Array.isArray(street) || typeof street[0] !== "string") return null;
  const text = (name: string): string => (typeof parts[name] === "string" ? parts[name] : "");
  return {
    street_address_1: street[0],
    street_address_2: street
      .slice(1)
      .filter((line) => typeof line === "string")
      .join(", "),
    city: text("city"),
    state: text("state"),
    zip_code: text("zip_code"),
    country: text("country"),
  };
}

function oneLine({ street_address_1, street_address_2, city, state, zip_code, country }: DetailedAddress): string {
  return [street_address_1, street_address_2, city, `${state} ${zip_code}`.trim(), country]
    .filter((part) => part !== "")
    .join(", ");
}

/** Finds the point: the given coordinates, else the address. Refuses what is unknown, contradictory or not served. */
export function resolve(
  world: World,
  market: Market,
  tolerance_m: number,
  place: PlaceRequest,
): Result<Place, WireResponse> {
  const found = world.locate(oneLine(place.detailed));
  if (place.given && found && greatCircle(place.given, found) > tolerance_m)
    return no("invalid_params", { [`${place.end}_address`]: "lat-long too far from address: distance too far" });
  const point = place.given ?? found;
  if (point === null) return no("unknown_location", { [`${place.end}_address`]: "geocoding failed: no result" });
  if (!covers(market.coverage, point))
    return no("address_undeliverable", { [`${place.end}_address`]: "not in coverage" });
  return ok({ ...place, point });
}
