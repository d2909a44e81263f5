import type { Requirement, TimeWindow } from "../../../domain/index.ts";
import type { OrderRequest, PlaceRequest } from "../../../journey/intake/index.ts";
import { fromLocal, type Zone } from "../../../kernel/local-time.ts";
import { decimals, money, type Currency, type Money } from "../../../kernel/money.ts";
import { isPoint, type Point } from "../../../kernel/point.ts";
import { fromIso, grams, liters, type Instant } from "../../../kernel/quantity.ts";
import { requirementWords, serviceLevelWords } from "../contract.ts";
import { isCurrency } from "../requests.ts";
import type { Code } from "../problems.ts";
import type { Field } from "./columns.ts";
import { cellLimit, type Table } from "./read-table.ts";

/** What is wrong with a cell; `field` null: with the whole row. */
export interface CellRefusal {
  readonly field: Field | null;
  readonly refusal: { readonly code: Code } & Readonly<Record<string, unknown>>;
}

/** A row as an order, or everything that is wrong with it. */
export interface ReadRow {
  readonly row: number;
  readonly request: OrderRequest | null;
  readonly refusals: readonly CellRefusal[];
}

/** Where the file is read: times without an offset are this zone's, amounts without a currency this currency. */
export interface Locale {
  readonly zone: Zone;
  readonly currency: Currency;
}

/** Every row on its own: the good ones become requests, the bad ones say all that is wrong with them at once. */
export function readOrders(
  table: Table,
  locale: Locale,
): { readonly rows: readonly ReadRow[]; readonly localTimes: boolean } {
  let localTimes = false;
  const rows = table.rows.map((line): ReadRow => {
    if (line.count > table.headings.length) {
      const refusal = { code: "ROW_WRONG_LENGTH", cells: line.count, headings: table.headings.length } as const;
      return { row: line.row, request: null, refusals: [{ field: null, refusal }] };
    }
    const cells = new Cells(line.cells, locale);
    const request = cells.order();
    localTimes ||= cells.localTimes;
    return { row: line.row, request: cells.refusals.length === 0 ? request : null, refusals: cells.refusals };
  });
  return { rows, localTimes };
}

/** The same lengths as in the JSON contract. */
function limitOf(field: Field): number {
  if (field === "reference") return 100;
  if (field.endsWith("_name") || field === "contents") return 200;
  if (field.endsWith("_address")) return 300;
  if (field.endsWith("_phone")) return 40;
  if (field.endsWith("_email")) return 254;
  return cellLimit;
}

/** Reads one row's cells and remembers what is wrong. */
class Cells {
  readonly refusals: CellRefusal[] = [];
  localTimes = false;
  readonly #cells: ReadonlyMap<Field, string>;
  readonly #locale: Locale;

  constructor(cells: ReadonlyMap<Field, string>, locale: Locale) {
    this.#cells = cells;
    this.#locale = locale;
    for (const [field, cell] of cells) {
      const limit = limitOf(field);
      if (cell.length > limit) this.#refuse(field, { code: "CELL_TOO_LONG", limit });
    }
  }

  order(): OrderRequest {
    return {
      reference: this.#text("reference"),
      pickup: this.#place("pickup"),
      dropoff: this.#place("dropoff"),
      pickupWindow: this.#window("pickup"),
      dropoffWindow: this.#window("dropoff"),
      readyAt: this.#time("ready_at"),
      parcels: this.#parcels(),
      value: this.#value(),
      requirements: this.#words(),
      serviceLevel: this.#word("service_level", serviceLevelWords.enum),
      ifUndeliverable: this.#word("if_undeliverable", ["return", "leave_safe"] as const) ?? "return",
    };
  }

  #refuse(field: Field | null, refusal: CellRefusal["refusal"]): null {
    this.refusals.push({ field, refusal });
    return null;
  }

  #text(field: Field): string | null {
    return this.#cells.get(field) ?? null;
  }

  #needed(field: Field, what: string): string {
    return this.#text(field) ?? this.#refuse(field, { code: "CELL_MISSING", what }) ?? "";
  }

  #place(end: "pickup" | "dropoff"): PlaceRequest {
    const address = this.#text(`${end}_address`);
    const point = this.#point(end);
    return {
      name: this.#needed(`${end}_name`, end === "pickup" ? "sender's name" : "recipient's name"),
      phone: this.#text(`${end}_phone`),
      email: this.#text(`${end}_email`),
      address:
        address ?? (point === null ? this.#needed(`${end}_address`, "address, or longitude and latitude") : null),
      point,
      notes: this.#text(`${end}_notes`),
    };
  }

  #point(end: "pickup" | "dropoff"): Point | null {
    const fields = [`${end}_longitude`, `${end}_latitude`] as const;
    if (fields.every((field) => this.#text(field) === null)) return null;
    for (const field of fields)
      if (this.#text(field) === null)
        return this.#refuse(field, { code: "CELL_MISSING", what: "longitude and latitude, both" });
    const [longitude, latitude] = [
      this.#number(fields[0], "longitude in degrees", "-8.6113"),
      this.#number(fields[1], "latitude in degrees", "41.1469"),
    ];
    if (longitude === null || latitude === null) return null;
    if (isPoint([longitude, latitude])) return [longitude, latitude];
    return Math.abs(latitude) > 90
      ? this.#notANumber(fields[1], "latitude in degrees (-90 to 90)", "41.1469")
      : this.#notANumber(fields[0], "longitude in degrees (-180 to 180)", "-8.6113");
  }

  #notANumber(field: Field, wanted: string, example: string): null {
    return this.#refuse(field, {
      code: "CELL_NOT_A_NUMBER",
      value: (this.#text(field) ?? "").slice(0, 60),
      wanted,
      example,
    });
  }

  /** A decimal point or a decimal comma; never both, because 1,234.5 and 1.234,5 disagree about what they say. */
  #number(field: Field, wanted: string, example: string): number | null {
    const cell = this.#text(field);
    if (cell === null) return null;
    return /^[+-]?\d+([.,]\d+)?$/.test(cell)
      ? Number(cell.replace(",", "."))
      : this.#notANumber(field, wanted, example);
  }

  #whole(field: Field, wanted: string, example: string, least: number, most: number): number | null {
    const value = this.#number(field, wanted, example);
    if (value === null) return null;
    return Number.isInteger(value) && value >= least && value <= most
      ? value
      : this.#notANumber(field, wanted, example);
  }

  #window(end: "pickup" | "dropoff"): TimeWindow {
    return { earliest: this.#time(`${end}_from`), latest: this.#time(`${end}_until`) };
  }

  /** RFC 3339 with an offset, or the city's own time: `2026-11-21 09:30`. */
  #time(field: Field): Instant | null {
    const cell = this.#text(field);
    if (cell === null) return null;
    const withOffset = fromIso(cell);
    if (withOffset !== null) return withOffset;
    const [, year, month, day, hour, minute, second] =
      /^(\d{4})-(\d{2})-(\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(cell)?.map(Number) ?? [];
    const local = {
      year: year ?? 0,
      month: month ?? 0,
      day: day ?? 0,
      hour: hour ?? 99,
      minute: minute ?? 0,
      second: second || 0,
    };
    if (!isCivil(local)) return this.#refuse(field, { code: "CELL_NOT_A_TIME", value: cell.slice(0, 60) });
    this.localTimes = true;
    return fromLocal(local, this.#locale.zone);
  }

  /** One weight and one volume for each of `parcels` equal parcels. */
  #parcels(): OrderRequest["parcels"] {
    const count = this.#whole("parcels", "number of parcels, 1 to 100", "1", 1, 100) ?? 1;
    const parcel = { weight: grams(this.#weight()), volume: liters(this.#volume()), contents: this.#text("contents") };
    return Array.from({ length: count }, () => parcel);
  }

  #weight(): number {
    const kilograms = this.#number("weight_kg", "weight in kilograms", "1.5");
    if (kilograms !== null)
      return kilograms >= 0 && kilograms <= 100_000
        ? Math.round(kilograms * 1000)
        : (this.#notANumber("weight_kg", "weight in kilograms", "1.5") ?? 0);
    if (this.#text("weight_kg") !== null) return 0;
    return this.#text("weight_g") === null
      ? (this.#refuse("weight_g", { code: "CELL_MISSING", what: "weight in grams" }) ?? 0)
      : (this.#whole("weight_g", "weight in whole grams", "1500", 0, 100_000_000) ?? 0);
  }

  #volume(): number {
    const volume = this.#number("volume_l", "volume in litres", "12");
    if (volume === null) return 1;
    return volume >= 0 && volume <= 1_000_000
      ? Math.ceil(volume)
      : (this.#notANumber("volume_l", "volume in litres", "12") ?? 1);
  }

  #value(): Money | null {
    const value = this.#number("value", "amount of money", "19.90");
    if (value === null) return null;
    const currency = this.#text("value_currency") ?? this.#locale.currency;
    if (!isCurrency(currency))
      return this.#refuse("value_currency", { code: "VALUE_CURRENCY_WRONG", currency: currency.slice(0, 10) });
    if (value < 0 || value > 1e9) return this.#notANumber("value", "amount of money", "19.90");
    return money(Math.round(value * 10 ** decimals(currency)), currency);
  }

  #words(): readonly Requirement[] {
    const words = (this.#text("requirements") ?? "").split(/[\s,;|]+/).filter((word) => word !== "");
    return [...new Set(words.flatMap((word) => this.#oneOf("requirements", word, requirementWords.enum) ?? []))];
  }

  #word<Word extends string>(field: Field, allowed: readonly Word[]): Word | null {
    const cell = this.#text(field);
    return cell === null ? null : this.#oneOf(field, cell, allowed);
  }

  #oneOf<Word extends string>(field: Field, word: string, allowed: readonly Word[]): Word | null {
    const written = word.toLowerCase().replaceAll(/[\s-]+/g, "_");
    return (
      allowed.find((one) => one === written) ??
      this.#refuse(field, { code: "CELL_NOT_A_WORD", value: word.slice(0, 60), allowed: allowed.join(", ") })
    );
  }
}

function isCivil({
  year,
  month,
  day,
  hour,
  minute,
  second,
}: {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 1970 &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  );
}
