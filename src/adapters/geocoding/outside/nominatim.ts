import type { AddressQuestion, FoundPlace } from "../../../domain/ports.ts";
import { greatCircle, type Point } from "../../../kernel/point.ts";
import { outage, type Outage } from "../../../kernel/result.ts";
import { isOutage, jsonIn, type OutsideService } from "../../outside/index.ts";
import { type Answered, isJson, judged, type Json, lineOf, objectIn, pointOf, textIn } from "./answer.ts";

// Nominatim's API, from nominatim.org/release-docs/latest/api (Search, Reverse, Output): `/search` with `q` or with the parts
// of an address, `/reverse`; answers in `jsonv2`, where coordinates are texts.

export async function askNominatim(
  service: OutsideService,
  question: AddressQuestion,
  limit: number,
): Promise<readonly FoundPlace[] | Outage> {
  const query = new URLSearchParams({
    format: "jsonv2",
    addressdetails: "1",
    limit: String(limit),
    ...asked(question),
  });
  const found = await ask(service, `/search?${query.toString()}`);
  if (isOutage(found)) return found;
  return found.map((answer) => judged(answer, question)).sort((a, b) => b.confidence - a.confidence);
}

export async function askNominatimAt(service: OutsideService, point: Point): Promise<FoundPlace | Outage | null> {
  const [lon, lat] = point.map(String) as [string, string];
  const query = new URLSearchParams({ format: "jsonv2", addressdetails: "1", zoom: "18", lat, lon });
  const found = await ask(service, `/reverse?${query.toString()}`);
  if (isOutage(found)) return found;
  const near = found.find((answer) => greatCircle(answer.point, point) <= 200);
  return near === undefined ? null : judged(near, null);
}

/** Either one line or parts, never both: the page says so. Without a street there is nothing to ask in parts. */
function asked(question: AddressQuestion): Record<string, string> {
  if (typeof question === "string" || question.street === null) return { q: lineOf(question) };
  const { street, houseNumber, city, postcode } = question;
  const parts = { street: houseNumber === null ? street : `${houseNumber} ${street}`, city, postalcode: postcode };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, value]) => (value ? [[key, value.slice(0, 200)]] : [])),
  );
}

async function ask(service: OutsideService, path: string): Promise<readonly Answered[] | Outage> {
  const answer = await service.ask({ path });
  if (isOutage(answer)) return answer;
  if (answer.status !== 200) return outage(`Nominatim answered ${answer.status}`, false);
  const read = jsonIn(answer);
  if (isOutage(read)) return read;
  // A reverse search answers one object; that nothing is there, it says in the field `error`.
  const places: readonly unknown[] = Array.isArray(read.json) ? read.json : [read.json];
  return places.filter(isJson).flatMap(readPlace);
}

function readPlace(place: Json): Answered[] {
  const point = pointOf(place["lon"], place["lat"]);
  if (point === null) return [];
  const address = objectIn(place, "address");
  const street = textIn(address, "road", "pedestrian", "footway", "path", "square");
  const houseNumber = textIn(address, "house_number");
  const name = textIn(place, "name");
  const isStreet = textIn(place, "category") === "highway";
  return [
    {
      point,
      name: isStreet || name === houseNumber ? null : name,
      street: street ?? (isStreet ? name : null),
      houseNumber,
      city: textIn(address, "city", "town", "village", "municipality", "hamlet"),
      postcode: textIn(address, "postcode"),
      isStreet,
      around: ["suburb", "neighbourhood", "city_district", "county", "state", "country"].map((field) =>
        textIn(address, field),
      ),
    },
  ];
}
