import type { DeliveryReport, OrderChange } from "../../domain/index.ts";
import type {
  ConnectionGuard,
  ConnectionHealth,
  Errand,
  PlatformConnector,
  ServiceLevel,
} from "../../journey/dispatch/ports.ts";
import type { Clock } from "../../kernel/clock.ts";
import { money, type Currency } from "../../kernel/money.ts";
import { instant } from "../../kernel/quantity.ts";
import { ok, outage, refuse } from "../../kernel/result.ts";

/**
 * How one call goes: as it should; a no; no answer and nothing done; done, but the answer is lost; never an answer; a broken connector;
 * or, for a booking, a no because it stands already.
 */
export type Turn = "well" | "refuse" | "outage" | "lost" | "never" | "throw" | "already";
type Operation = "quote" | "book" | "find" | "get" | "cancel" | "update";

const never = <Value>(): Promise<Value> => new Promise(() => undefined);
const no = (code: "NO_COURIERS" | "NOT_CANCELLABLE" | "NOT_ALLOWED" | "UNKNOWN_DELIVERY" | "ALREADY_BOOKED") =>
  refuse({ code, words: code.toLowerCase().replaceAll("_", " "), reference: null });

/** A platform as the outside world: it outlives every restart, answers by script, and counts what it is asked. */
export class ScriptedPlatform implements PlatformConnector {
  readonly name: string;
  serviceLevel?: ServiceLevel;
  guard?: () => ConnectionGuard;
  /** Every call, in order: `book leg_1-1`. */
  readonly calls: string[] = [];
  /** What it carries, by our key. */
  readonly standing = new Map<string, DeliveryReport>();
  /** What the next calls of each kind meet; `well` when the list is empty, or its `else`. */
  takes: readonly OrderChange[] = ["dropoffNotes", "dropoffPhone", "readyAt", "dropoffWindow"];
  /** What it was told of changes, by our key. */
  readonly notes = new Map<string, string | null>();
  readonly next: Record<Operation, Turn[]> = { quote: [], book: [], find: [], get: [], cancel: [], update: [] };
  readonly otherwise: Partial<Record<Operation, Turn>> = {};
  asks: number;
  currency: Currency = "EUR";
  readonly #clock: () => Clock;
  #messages = 0;

  constructor(name: string, asks: number, clock: () => Clock) {
    this.name = name;
    this.asks = asks;
    this.#clock = clock;
  }

  /** How often it was called so. */
  count(operation: Operation, rest = ""): number {
    return this.calls.filter((call) => call.startsWith(`${operation} ${rest}`)).length;
  }

  /** The newest delivery that it carries. */
  newest(): DeliveryReport {
    return [...this.standing.values()].at(-1)!;
  }

  /** What it would say of a delivery now; changes what stands. */
  say(reference: string, changes: Partial<DeliveryReport>): DeliveryReport {
    const [key, before] = [...this.standing].find(([, one]) => one.reference === reference)!;
    const proof = changes.state === "handed_over" ? "photo" : before.proof;
    const report = {
      ...before,
      proof,
      message: `${this.name} ${this.#messages++}`,
      at: this.#clock().now(),
      ...changes,
    };
    this.standing.set(key, report);
    return report;
  }

  async quote({ key }: Errand): ReturnType<PlatformConnector["quote"]> {
    const turn = this.#turn("quote", key);
    if (turn === "never") return never();
    if (turn === "throw") throw new Error("the connector is broken");
    if (turn === "refuse") return no("NO_COURIERS");
    if (turn !== "well") return outage("connection lost", true);
    const dropoffAt = instant(this.#clock().now() + 1_500_000);
    return ok({
      reference: `q ${key}`,
      price: money(this.asks, this.currency),
      pickupAt: null,
      dropoffAt,
      expiresAt: null,
    });
  }

  async book({ key }: Errand): ReturnType<PlatformConnector["book"]> {
    const turn = this.#turn("book", key);
    if (turn === "refuse") return no("NO_COURIERS");
    if (turn === "outage") return outage("connection lost", true);
    const standing = this.standing.get(key) ?? this.#begin(key);
    if (turn === "never") return never();
    if (turn === "throw") throw new Error("the connector is broken");
    if (turn === "lost") return outage("connection lost", true);
    return turn === "already" ? no("ALREADY_BOOKED") : ok(standing);
  }

  async find(key: string): ReturnType<PlatformConnector["find"]> {
    const turn = this.#turn("find", key);
    if (turn === "never") return never();
    if (turn === "throw") throw new Error("the connector is broken");
    if (turn === "refuse") return no("NOT_ALLOWED");
    return turn === "well" ? ok(this.standing.get(key) ?? null) : outage("connection lost", true);
  }

  async get(reference: string): ReturnType<PlatformConnector["get"]> {
    const turn = this.#turn("get", reference);
    if (turn === "throw") throw new Error("the connector is broken");
    if (turn !== "well") return outage("connection lost", true);
    const standing = [...this.standing.values()].find((one) => one.reference === reference);
    return standing ? ok(standing) : no("UNKNOWN_DELIVERY");
  }

  async cancel(reference: string): ReturnType<PlatformConnector["cancel"]> {
    const turn = this.#turn("cancel", reference);
    if (turn === "refuse") return no("NOT_CANCELLABLE");
    if (turn === "outage") return outage("connection lost", true);
    const report = this.say(reference, { state: "cancelled" });
    if (turn === "never") return never();
    if (turn === "throw") throw new Error("the connector is broken");
    return turn === "well" ? ok(report) : outage("connection lost", true);
  }

  async update(reference: string, { key, dropoff }: Errand): ReturnType<NonNullable<PlatformConnector["update"]>> {
    const turn = this.#turn("update", reference);
    if (turn === "refuse") return no("NOT_ALLOWED");
    if (turn === "outage") return outage("connection lost", true);
    this.notes.set(key, dropoff.notes);
    return turn === "well" ? ok(this.standing.get(key)!) : outage("connection lost", true);
  }

  /** Its webhooks are unsigned JSON; what says so is believed to be forged. */
  receive({ body }: { readonly body: Uint8Array }): ReturnType<PlatformConnector["receive"]> {
    const text = new TextDecoder().decode(body);
    if (text === "forged") return refuse({ code: "WEBHOOK_FORGED" });
    return ok([JSON.parse(text) as DeliveryReport]);
  }

  health(): ConnectionHealth {
    const { length: calls } = this.calls;
    const none = { refusals: 0, outages: 0, webhooks: 0, webhooksRefused: 0 };
    return { calls, ...none, lastAnswerAt: null, lastFailure: null, latency: null, unknown: {} };
  }

  #turn(operation: Operation, what: string): Turn {
    this.calls.push(`${operation} ${what}`);
    return this.next[operation].shift() ?? this.otherwise[operation] ?? "well";
  }

  #begin(key: string): DeliveryReport {
    const report: DeliveryReport = {
      reference: `${this.name}_${this.standing.size + 1}`,
      key,
      message: `${this.name} ${this.#messages++}`,
      at: this.#clock().now(),
      state: "assigned",
      returning: false,
      returned: false,
      leftSafe: false,
      reason: null,
      price: null,
      pickupAt: null,
      dropoffAt: null,
      courier: null,
      proof: null,
      tracking: null,
      unknown: [],
    };
    this.standing.set(key, report);
    return report;
  }
}
