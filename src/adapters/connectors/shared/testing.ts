import { readFileSync } from "node:fs";
import type { DeliveryReport, Leg, Order } from "../../../domain/index.ts";
import type { Errand, PlatformRefusal, Transport, WireAnswer, WireRequest } from "../../../journey/dispatch/ports.ts";
import { grams, instant, liters, type Instant } from "../../../kernel/quantity.ts";
import { outage, type Outage, type Result } from "../../../kernel/result.ts";
import { seeded } from "../../../kernel/rng.ts";
import { isOutage } from "./http.ts";

export const nine = instant(Date.parse("2026-11-21T09:00:00.000Z"));

/** One line of a golden file: what came, and what it must become. */
export function golden(folder: string, name: string): readonly { readonly given: string; readonly expected: string }[] {
  const [header = "", ...lines] = readFileSync(`${folder}/fixtures/${name}`, "utf8").trim().split("\n");
  if (!header.startsWith("# source: ")) throw new Error(`${name} does not say where it is from`);
  return lines.map((line) => {
    const cut = line.lastIndexOf(" => ");
    return { given: line.slice(0, cut), expected: line.slice(cut + 4) };
  });
}

/** The request that a golden file holds, under its header. */
export const goldenBody = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(`${folder}/fixtures/${name}`, "utf8").replace(/^# source: .*\n/, ""));

export const inWords = ({ state, reason, returning, returned, unknown }: DeliveryReport): string =>
  [
    state ?? "-",
    reason,
    returning ? "returning" : null,
    returned ? "returned" : null,
    ...unknown.map((word) => `?${word}`),
  ]
    .filter((word) => word !== null)
    .join(" ");

export const noInWords = (answer: Result<unknown, PlatformRefusal> | Outage): string =>
  isOutage(answer) ? "outage" : answer.ok ? "ok" : answer.refusal.code;

const subject = "subject_0000000000000000000000000a" as const;
const place = (longitude: number, latitude: number) => ({
  subject,
  point: [longitude, latitude] as const,
  cell: "8839",
  zone: "Europe/Lisbon",
  jurisdiction: "PT",
});

/** Bread from the bakery to Ada: two parcels, the drop-off until half past ten. */
export function errand(change: Partial<Errand> = {}, order: Partial<Order> = {}, leg: Partial<Leg> = {}): Errand {
  const parcels = (["parcel_1", "parcel_2"] as const).map((id, nth) => ({
    id,
    weight: grams(500 + nth * 1500),
    volume: liters(5 + nth * 20),
    state: "expected",
    holder: { kind: "shipper" },
  }));
  const window = { earliest: null, latest: instant(nine + 90 * 60_000) };
  const whole = {
    from: place(-8.6, 41.1),
    to: place(-8.61, 41.15),
    pickup: place(-8.6, 41.1),
    dropoff: place(-8.61, 41.15),
    pickupWindow: { earliest: null, latest: null },
    dropoffWindow: window,
    readyAt: nine,
  };
  return {
    leg: { ...whole, id: "leg_1", parcels: ["parcel_1", "parcel_2"], ...leg } as unknown as Leg,
    order: {
      ...whole,
      parcels,
      requirements: [],
      ifUndeliverable: "return",
      reference: "A-17",
      ...order,
    } as unknown as Order,
    pickup: {
      name: "Bakery",
      phone: "+351 220 000 001",
      email: null,
      address: "Rua A 1, 4000-123 Porto",
      notes: "Ring twice",
      point: [-8.6, 41.1],
    },
    dropoff: {
      name: "Ada Byron King",
      phone: null,
      email: null,
      address: "Rua B 2, 4000-321 Porto, Portugal",
      notes: null,
      point: [-8.61, 41.15],
    },
    goods: { contents: ["Bread"], value: { amount: 1999 as never, currency: "EUR" } },
    key: "leg_1-0",
    ...change,
  };
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer => ({
  status,
  headers,
  body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});

export const lost = outage("connection lost", true);

export interface Sent extends WireRequest {
  readonly path: string;
  readonly said: string;
}

/** The outside as a test writes it: answers in their order, each request kept; the last answer repeats. */
export function scripted(answer: (sent: Sent, nth: number) => WireAnswer | Outage) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  let now: number = nine;
  const transport: Transport = {
    send: (request) => {
      const { pathname, search } = new URL(request.url);
      const one = {
        ...request,
        path: pathname + search,
        said: request.body === null ? "" : new TextDecoder().decode(request.body),
      };
      sent.push(one);
      return Promise.resolve(answer(one, sent.length - 1));
    },
  };
  return {
    sent,
    waits,
    pass: (ms: number): void => void (now += ms),
    parts: {
      transport,
      clock: { now: (): Instant => instant(now) },
      rng: seeded("connector"),
      wait: (ms: number): Promise<void> => {
        waits.push(ms);
        now += ms;
        return Promise.resolve();
      },
    },
  };
}

/** A webhook as bytes. */
export const hook = (body: unknown, headers: Record<string, string>) => ({
  headers,
  body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});

/** What an account's holder knows without the platform's telling: no simulator prints it. */
export const ownChoice: Readonly<Record<string, string>> = {
  market: "SG",
  currency: "USD",
  address_book_place: "42,-30",
  default_state: "NY",
};
