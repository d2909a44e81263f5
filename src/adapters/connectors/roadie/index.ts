import { hasGoods, type DeliveryReport } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  PlatformRefusal,
  RawWebhook,
  WebhookRefusal,
  WireRequest,
} from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { isOutage, realWait, type Answer } from "../shared/http.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, isNo, settle, understood, whenYes, type ReadNo, type Told } from "../shared/told.ts";
import { RoadieClient, type RoadieCredentials } from "./client.ts";
import { toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { roadieDefaults, type RoadieSettings } from "./settings.ts";
import { toEstimate, toShipment } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { readShipment, type RoadieShipment } from "./wire.ts";

interface RoadieParts extends ConnectorParts {
  readonly credentials: RoadieCredentials;
  /** `https://connect.roadie.com`, without the version. */
  readonly baseUrl: string;
  readonly settings: Partial<RoadieSettings> & Pick<RoadieSettings, "fallbackPhone">;
}

/** Roadie v1. Source: docs.roadie.com, its Go package's comments and integrators, as read on 2026-11-21; see README.md. */
export function roadieConnector(parts: RoadieParts): PlatformConnector {
  return new Roadie(parts);
}

class Roadie implements PlatformConnector {
  readonly name = "Roadie";
  readonly #parts: RoadieParts;
  readonly #settings: RoadieSettings;
  readonly #health: HealthCounter;
  readonly #client: RoadieClient;
  /** Webhooks may name a shipment by our key alone. */
  readonly #references = new Remembered<string>();
  readonly #fetched = new Remembered<true>();

  constructor(parts: RoadieParts) {
    this.#parts = parts;
    this.#settings = { ...roadieDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new RoadieClient({ ...parts, ...wires });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const answer = await this.#ask("POST", "/estimates", toEstimate(errand, this.#now(), this.#settings));
    const told = whenYes(answer, ({ json }) => understood(toPlatformQuote(json, errand.key)));
    return settle(this.#health, "quote", told);
  }

  /** The key makes one shipment; a second creation is refused, and what stands is looked up. */
  async book(errand: Errand): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("POST", "/shipments", toShipment(errand, this.#now(), this.#settings));
    const told = whenYes(answer, ({ json }) => this.#told(readShipment(json)));
    if (!isNo(told, "ALREADY_BOOKED")) return settle(this.#health, "book", told);
    const found = await this.#find(errand.key);
    const standing = whenYes(found, (report) =>
      report ? ok(report) : outage("it stands, and is not listed yet", true),
    );
    return settle(this.#health, "book", standing);
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    return settle(this.#health, "find", await this.#find(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", await this.#get(reference));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    const body = { cancellation_code: this.#settings.cancellationCode, cancellation_comment: "" };
    const answer = await this.#ask("DELETE", pathOf(reference), body);
    if (isOutage(answer)) return settle(this.#health, "cancel", answer);
    if (!answer.ok && !["BAD_REQUEST", "ALREADY_BOOKED"].includes(answer.refusal.code))
      return settle(this.#health, "cancel", answer);
    // How a late cancellation is refused is not known, and an earlier try may have been heard: the shipment itself tells.
    const standing = await this.#get(reference);
    if (isOutage(standing) || !standing.ok || standing.value.state === "cancelled")
      return settle(this.#health, "cancel", standing);
    const told = answer.ok
      ? outage("cancelled, and still standing", true)
      : refuse<PlatformRefusal>({ ...answer.refusal, code: "NOT_CANCELLABLE" });
    return settle(this.#health, "cancel", told);
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const { webhookToken } = this.#parts.credentials;
    const { report, unknown } = receive(webhook, webhookToken, this.#now(), this.#settings, {
      referenceOf: (key) => this.#references.get(key),
      wasFetched: (reference) => this.#fetched.get(reference) === true,
    });
    this.#health.webhook(report.ok ? null : report.refusal.code);
    this.#health.unknown(unknown);
    if (!report.ok) return report;
    if (report.value) this.#note(report.value);
    return ok(report.value ? [report.value] : []);
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** Of shipments under our key the one that stands; none is a null, whether it comes as an empty list or as a 404. */
  async #find(key: string): Promise<Told<DeliveryReport | null>> {
    const answer = await this.#ask("GET", `/shipments?reference_ids=${encodeURIComponent(key)}`, null);
    if (isNo(answer, "UNKNOWN_DELIVERY")) return ok(null);
    return whenYes(answer, ({ list }) =>
      whenYes(understood(list ?? null), (lines) => {
        const reports = lines.flatMap((line) => readShipment(line) ?? []).map((one) => this.#report(one));
        const ours = reports.filter((report) => report.key === key);
        return ok(ours.find(({ state }) => state !== "cancelled") ?? ours[0] ?? null);
      }),
    );
  }

  async #get(reference: string): Promise<Told<DeliveryReport>> {
    return whenYes(await this.#ask("GET", pathOf(reference), null), ({ json }) => this.#told(readShipment(json)));
  }

  #told(shipment: RoadieShipment | null): Told<DeliveryReport> {
    return whenYes(understood(shipment), (one) => ok(this.#report(one)));
  }

  #report(shipment: RoadieShipment): DeliveryReport {
    const report = toReport(shipment, this.#now());
    this.#health.unknown(report.unknown);
    this.#note(report);
    return report;
  }

  #note({ reference, key, state }: DeliveryReport): void {
    if (key !== null) this.#references.set(key, reference);
    if (state !== null && hasGoods(state)) this.#fetched.set(reference, true);
  }

  async #ask(method: WireRequest["method"], path: string, body: object | null): Promise<Told<Answer>> {
    return answered(this.#health, await this.#client.ask(method, path, body), toNoOrStanding);
  }
}

/** A 409 says that the idempotency key was used. */
const toNoOrStanding = (answer: Answer): ReadNo =>
  answer.status === 409
    ? { answer: refuse({ code: "ALREADY_BOOKED", words: "409", reference: null }), unknown: [] }
    : toNo(answer);

const pathOf = (reference: string): string => `/shipments/${encodeURIComponent(reference)}`;
