import type { AddressQuestion, FoundPlace } from "../../../domain/ports.ts";
import { greatCircle, type Point } from "../../../kernel/point.ts";
import type { Outage } from "../../../kernel/result.ts";
import { outage } from "../../../kernel/result.ts";
import { isOutage, jsonIn, type OutsideService } from "../../outside/index.ts";
import { type Answered, isJson, judged, type Json, lineOf, objectIn, pointOf, textIn } from "./answer.ts";

// Photon's API, from the README of github.com/komoot/photon: `/api?q=&limit=` and `/reverse?lon=&lat=&radius=`, answers in
// GeoJSON. Addresses in parts are asked in one line: most servers are built without `/structured`.

export async function askPhoton(
  service: OutsideService,
  question: AddressQuestion,
  limit: number,
): Promise<readonly FoundPlace[] | Outage> {
  const query = new URLSearchParams({ q: lineOf(question), limit: String(limit) });
  const found = await ask(service, `/api?${query.toString()}`);
  if (isOutage(found)) return found;
  return found.map((answer) => judged(answer, question)).sort((a, b) => b.confidence - a.confidence);
}

export async function askPhotonAt(service: OutsideService, point: Point): Promise<FoundPlace | Outage | null> {
  const [lon, lat] = point;
  const query = new URLSearchParams({ lon: String(lon), lat: String(lat), radius: "0.2", limit: "1" });
  const found = await ask(service, `/reverse?${query.toString()}`);
  if (isOutage(found)) return found;
  const near = found.find((answer) => greatCircle(answer.point, point) <= 200);
  return near === undefined ? null : judged(near, null);
}

async function ask(service: OutsideService, path: string): Promise<readonly Answered[] | Outage> {
  const answer = await service.ask({ path });
  if (isOutage(answer)) return answer;
  if (answer.status !== 200) return outage(`Photon answered ${answer.status}`, false);
  const read = jsonIn(answer);
  if (isOutage(read)) return read;
  const features = isJson(read.json) ? read.json["features"] : null;
  if (!Array.isArray(features)) return outage("Photon answered without features", false);
  return features.filter(isJson).flatMap(readFeature);
}

function readFeature(feature: Json): Answered[] {
  const place = objectIn(feature, "properties");
  const coordinates: unknown = objectIn(feature, "geometry")["coordinates"];
  const point = Array.isArray(coordinates) ? pointOf(coordinates[0], coordinates[1]) : null;
  if (point === null) return [];
  const isStreet = textIn(place, "type") === "street" || textIn(place, "osm_key") === "highway";
  const name = textIn(place, "name");
  const city = textIn(place, "city") ?? (textIn(place, "type") === "city" ? name : null);
  return [
    {
      point,
      name: isStreet ? null : name,
      street: textIn(place, "street") ?? (isStreet ? name : null),
      houseNumber: textIn(place, "housenumber"),
      city,
      postcode: textIn(place, "postcode"),
      isStreet,
      around: ["district", "locality", "county", "state", "country"].map((field) => textIn(place, field)),
    },
  ];
}
