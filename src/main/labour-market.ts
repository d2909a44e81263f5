import { cellToLatLng, latLngToCell } from "h3-js";
import { isHeldBack } from "../adapters/connectors/index.ts";
import type { Leg } from "../domain/index.ts";
import type { LabourEstimate, LabourView } from "../doors/network.ts";
import type { PlatformQuote, PlatformRefusal } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { money, type Money } from "../kernel/money.ts";
import { greatCircle, type Point } from "../kernel/point.ts";
import {
  between,
  hours,
  instant,
  later,
  meters,
  seconds,
  type Instant,
  type Meters,
  type Seconds,
} from "../kernel/quantity.ts";
import type { Outage, Result } from "../kernel/result.ts";

/** H3 resolution of the areas: hexagons of about 5 km², in which a platform's couriers are one market. */
const resolution = 7;
const hour_ms = 3_600_000;
/** So long is remembered; and never more than so many markets' hours. */
const remembered = hours(72);
const mostHours = 20_000;
/** So many of the newest prices of each hour make its median. */
const priced = 24;
/** "Now" is the hour that runs and the one before. */
const recent = 2;
/** From so many answers on that speak of couriers something is said of how many there are. */
const enough = 5;

interface Priced {
  readonly price: Money;
  readonly distance: Meters;
  readonly wait: Seconds | null;
}

/** What one platform answered for errands from one area in one hour. */
interface MarketHour {
  readonly carrier: ParticipantId;
  readonly cell: string;
  readonly hour: Instant;
  quoted: number;
  noCouriers: number;
  notServed: number;
  refused: number;
  unanswered: number;
  lastAt: Instant;
  readonly prices: Priced[];
}

/**
 * Whether platforms have couriers, and what they ask for, by area and hour: inferred from their answers to our own quote rounds, since no
 * platform publishes it. Areas and hours in which we asked for nothing are unknown. Of this run alone, in memory.
 */
export class LabourMarket {
  readonly #hours = new Map<string, MarketHour>();

  /** A platform answered a request for a price, or did not. */
  observe(
    carrier: ParticipantId,
    leg: Leg,
    answer: Result<PlatformQuote, PlatformRefusal> | Outage,
    at: Instant,
  ): void {
    // What we kept back ourselves says nothing of it.
    if (isHeldBack(answer)) return;
    const market = this.#at(carrier, areaOf(leg.from.point), at);
    market.lastAt = later(market.lastAt, at);
    if ("kind" in answer) market.unanswered++;
    else if (answer.ok) {
      const { price, pickupAt } = answer.value;
      const distance = greatCircle(leg.from.point, leg.to.point);
      const ready = later(at, leg.readyAt);
      const wait = pickupAt === null ? null : seconds(Math.max(0, between(ready, pickupAt)));
      if (market.prices.push({ price, distance, wait }) > priced) market.prices.shift();
      market.quoted++;
    } else market[meaning(answer.refusal.code)]++;
  }

  /** `cell`: that area's hours alone; `hour`: the areas in that hour, null: now. Of the carriers that `sees` admits. */
  view(
    { cell, hour }: { readonly cell: string | null; readonly hour: Instant | null },
    sees: (carrier: ParticipantId) => boolean,
    now: Instant,
  ): LabourView {
    const all = [...this.#hours.values()].filter((one) => sees(one.carrier));
    const from = hour ?? instant(startOf(now) - (recent - 1) * hour_ms);
    const until = hour ?? startOf(now);
    const inSpan = all.filter((one) => one.hour >= from && one.hour <= until);
    const inCell = all.filter((one) => cell === null || one.cell === cell);
    return {
      now,
      since: all.length === 0 ? null : instant(Math.min(...all.map((one) => one.hour))),
      enough,
      cells: [...new Set(all.map((one) => one.cell))].map((one) => ({ cell: one, middle: middleOf(one) })),
      areas: grouped(inSpan, ({ cell: area }) => area).map((of) => {
        const { carrier, cell: area } = of[0]!;
        return { carrier, cell: area, ...estimate(of) };
      }),
      hours: grouped(inCell, ({ hour: of }) => String(of)).map((of) => {
        const { carrier, hour: start } = of[0]!;
        return { carrier, hour: start, ...estimate(of) };
      }),
    };
  }

  #at(carrier: ParticipantId, cell: string, at: Instant): MarketHour {
    const hour = startOf(at);
    const name = `${carrier} ${cell} ${hour}`;
    const known = this.#hours.get(name);
    if (known) return known;
    const counts = { quoted: 0, noCouriers: 0, notServed: 0, refused: 0, unanswered: 0 };
    const market: MarketHour = { carrier, cell, hour, ...counts, lastAt: at, prices: [] };
    this.#hours.set(name, market);
    this.#forget(at);
    return market;
  }

  /** They stand in the order of their hours. */
  #forget(now: Instant): void {
    for (const [name, { hour }] of this.#hours) {
      if (this.#hours.size <= mostHours && between(hour, now) <= remembered) return;
      this.#hours.delete(name);
    }
  }
}

const startOf = (at: Instant): Instant => instant(at - (at % hour_ms));
const areaOf = ([longitude, latitude]: Point): string => latLngToCell(latitude, longitude, resolution);

function middleOf(cell: string): Point {
  const [latitude, longitude] = cellToLatLng(cell);
  return [longitude, latitude];
}

/** Where it is, and how many couriers there are, are two things; a no for another reason says nothing of either. */
function meaning(code: PlatformRefusal["code"]): "noCouriers" | "notServed" | "refused" {
  if (code === "NO_COURIERS") return "noCouriers";
  return code === "OUT_OF_COVERAGE" ? "notServed" : "refused";
}

/** Of each carrier apart, and of each `by`. */
const grouped = (all: readonly MarketHour[], by: (one: MarketHour) => string): readonly (readonly MarketHour[])[] => [
  ...Map.groupBy(all, (one) => `${one.carrier} ${by(one)}`).values(),
];

function estimate(of: readonly MarketHour[]): LabourEstimate {
  const count = (name: Counted): number => of.reduce((sum, one) => sum + one[name], 0);
  const [quoted, noCouriers] = [count("quoted"), count("noCouriers")];
  const prices = of.toSorted((a, b) => a.lastAt - b.lastAt).flatMap((one) => one.prices);
  return {
    quoted,
    noCouriers,
    notServed: count("notServed"),
    refused: count("refused"),
    unanswered: count("unanswered"),
    available: quoted + noCouriers < enough ? null : quoted / (quoted + noCouriers),
    ...priceOf(prices),
    lastAt: instant(Math.max(...of.map((one) => one.lastAt))),
  };
}

type Counted = "quoted" | "noCouriers" | "notServed" | "refused" | "unanswered";

/** In the newest quote's currency: there is no median of two. */
function priceOf(prices: readonly Priced[]): Pick<LabourEstimate, "price" | "wait"> {
  const currency = prices.at(-1)?.price.currency;
  if (currency === undefined) return { price: null, wait: null };
  const alike = prices.filter(({ price }) => price.currency === currency);
  const amounts = alike.map(({ price }) => Number(price.amount));
  const waits = alike.flatMap(({ wait }) => wait ?? []);
  return {
    price: {
      median: money(quantile(amounts, 0.5), currency),
      low: money(quantile(amounts, 0.1), currency),
      high: money(quantile(amounts, 0.9), currency),
      sample: alike.length,
      distance: meters(
        quantile(
          alike.map(({ distance }) => distance),
          0.5,
        ),
      ),
    },
    wait: waits.length === 0 ? null : seconds(quantile(waits, 0.5)),
  };
}

/** Of at least one value: one of them, the nearest by rank. */
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)]!;
