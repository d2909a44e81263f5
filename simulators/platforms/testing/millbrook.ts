import type { Point } from "../../../src/kernel/point.ts";
import { bytes } from "../shared/json.ts";
import type { MarketOptions } from "../shared/market.ts";
import type { ExamplePlace, Examples, PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";

const place = (name: string, street: string, [longitude, latitude]: Point, phone: string): ExamplePlace => ({
  name,
  phone,
  address: `${street}, Millbrook, 00100, US`,
  street,
  city: "Millbrook",
  postcode: "00100",
  country: "US",
  latitude,
  longitude,
});

/** Two places 2.2 km apart in a town that exists in tests alone. */
export const millbrook: Examples = {
  pickup: place("Bakery", "1 Mill Street", [-30, 42], "+12025550101"),
  dropoff: place("Ada Byron", "4 Elm Street", [-30, 42.02], "+12025550102"),
};

/** A market without chance: one courier after ten seconds or so, and nothing goes wrong. */
export const calm: MarketOptions = {
  coverage: { centre: [-30, 42.01], radius_m: 8000 },
  longest_m: 10_000,
  supply: {
    assign_s: 10,
    busyShare: 0,
    nobodyShare: 0,
    dropOutShare: 0,
    cancelShare: 0,
    undeliverableShare: 0,
    reach_m: 800,
  },
  dwell: { pickup_s: 60, dropoff_s: 60 },
};

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** Wire data, to be looked into freely. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests state the shape by asserting it
export type Loose = any;

/** Sends `body` as JSON (text goes as it is, undefined as no body) and reads the answer as JSON. */
export async function call(
  simulator: PlatformSimulator,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer<Loose>> {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const request: WireRequest = { method, path, headers, body: bytes(text) };
  return read(await simulator.handle(request));
}

const read = ({ status, headers, body }: WireResponse): Answer<Loose> => ({
  status,
  headers,
  body: body.length === 0 ? null : JSON.parse(new TextDecoder().decode(body)),
});

export const bodyOf = (request: WireRequest): Loose => JSON.parse(new TextDecoder().decode(request.body));
