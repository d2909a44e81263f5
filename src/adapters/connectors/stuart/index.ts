import { hasGoods, legIsOver, type DeliveryReport } from "../../../domain/index.ts";
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
import { idText } from "../shared/reading.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, settle, whenYes, understood, type Told } from "../shared/told.ts";
import { StuartClient, type StuartCredentials } from "./client.ts";
import { toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { stuartDefaults, type StuartSettings } from "./settings.ts";
import { toChanges, toJob } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { keyOf, readJob, type StuartJob } from "./wire.ts";

interface StuartParts extends ConnectorParts {
  readonly credentials: StuartCredentials;
  /** `https://api.stuart.com`, without a path. */
  readonly baseUrl: string;
  readonly settings: Partial<StuartSettings> & Pick<StuartSettings, "fallbackPhone">;
}

/** Stuart on demand, v2. Source: Stuart's client packages, fixtures and help pages, as read on 2026-11-21; see README.md. */
export function stuartConnector(parts: StuartParts): PlatformConnector {
  return new Stuart(parts);
}

class Stuart implements PlatformConnector {
  readonly name = "Stuart";
  readonly takes = ["dropoffNotes", "dropoffPhone"] as const;
  readonly #parts: StuartParts;
  readonly #settings: StuartSettings;
  readonly #health: HealthCounter;
  readonly #client: StuartClient;
  /** Keys whose creation was tried, with the job that came of it where that is known. */
  readonly #tried = new Remembered<string | null>();
  /** Keys whose goods a courier had: a cancellation after that is a failed drop-off. */
  readonly #fetched = new Remembered<true>();

  constructor(parts: StuartParts) {
    this.#parts = parts;
    this.#settings = { ...stuartDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new StuartClient({ ...parts, ...wires });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const [now, settings] = [this.#now(), this.#settings];
    const body = toJob(errand, null, now, settings);
    const [price, eta] = await Promise.all([
      this.#ask("POST", "/v2/jobs/pricing", body, true),
      // A price without a time is still a quote.
      settings.askEta ? this.#ask("POST", "/v2/jobs/eta", body, false) : null,
    ]);
    const wait = eta && !isOutage(eta) && eta.ok ? eta.value.json : null;
    const told = whenYes(price, ({ json }) => understood(toPlatformQuote(json, wait, errand.key, now, settings)));
    return settle(this.#health, "quote", told);
  }

  async book(errand: Errand): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "book", await this.#book(errand));
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    const found = await this.#find(key);
    return settle(
      this.#health,
      "find",
      whenYes(found, (job) => ok(job && this.#report(job))),
    );
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", await this.#get(reference));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("POST", `/v2/jobs/${encodeURIComponent(reference)}/cancel`, {}, true);
    if (isOutage(answer)) return settle(this.#health, "cancel", answer);
    if (!answer.ok && answer.refusal.code !== "BAD_REQUEST") return settle(this.#health, "cancel", answer);
    // The answer's form is not known, and a no may mean that an earlier try was heard: the job itself tells.
    const standing = await this.#get(reference);
    if (isOutage(standing) || !standing.ok || standing.value.state === "cancelled")
      return settle(this.#health, "cancel", standing);
    if (answer.ok) return settle(this.#health, "cancel", outage("cancelled, and still standing", true));
    const no = refuse<PlatformRefusal>({ ...answer.refusal, code: "NOT_CANCELLABLE" });
    return settle(this.#health, "cancel", no);
  }

  /** The delivery is named by its own number, and what the answer holds is not known: the job is read before and after. */
  async update(reference: string, errand: Errand): Promise<Told<DeliveryReport>> {
    const path = `/v2/jobs/${encodeURIComponent(reference)}`;
    const job = whenYes(await this.#ask("GET", path, null, true), ({ json }) => understood(readJob(json, errand.key)));
    const delivery = whenYes(job, (one) => understood(idText(one.delivery, "id")));
    if (isOutage(delivery) || !delivery.ok) return settle(this.#health, "update", delivery);
    const answer = await this.#ask("PATCH", path, toChanges(delivery.value, errand, this.#settings), true);
    const standing = isOutage(answer) || !answer.ok ? answer : await this.#get(reference);
    // A job that is over answers as if it had changed.
    const told = whenYes(standing, (report) =>
      report.state !== null && (legIsOver(report.state) || report.state === "dropoff_failed")
        ? refuse<PlatformRefusal>({ code: "NOT_ALLOWED", words: "the job is over", reference: null })
        : ok(report),
    );
    return settle(this.#health, "update", told);
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const { reports, unknown } = receive(webhook, this.#parts.credentials.webhookAuth, this.#now(), this.#settings, {
      referenceOf: (key) => this.#tried.get(key) ?? undefined,
      wasFetched: (key) => this.#fetched.get(key) === true,
    });
    this.#health.webhook(reports.ok ? null : reports.refusal.code);
    this.#health.unknown(unknown);
    if (reports.ok) for (const { key, state } of reports.value) this.#note(key, state);
    return reports;
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** `client_reference` must be unique, and how a second one is refused is not known: who tried before looks first. */
  async #book(errand: Errand): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    if (this.#tried.get(key) !== undefined) {
      const standing = await this.#find(key);
      if (isOutage(standing) || !standing.ok) return standing;
      if (standing.value) return ok(this.#report(standing.value));
    }
    this.#tried.set(key, null);
    const body = toJob(errand, key, this.#now(), this.#settings);
    const answer = await this.#ask("POST", "/v2/jobs", body, false);
    const told = whenYes(answer, ({ json }) => understood(readJob(json, key)));
    if (isOutage(told)) return told;
    if (!told.ok) return this.#refused(told, key);
    this.#tried.set(key, told.value.id);
    return ok(this.#report(told.value));
  }

  /** A complaint about our reference is the answer to a second try. */
  async #refused(told: Result<never, PlatformRefusal>, key: string): Promise<Told<DeliveryReport>> {
    if (told.ok || !told.refusal.words.includes("client_reference")) return told;
    const standing = await this.#find(key);
    if (isOutage(standing) || !standing.ok) return standing;
    return standing.value ? ok(this.#report(standing.value)) : told;
  }

  /** The job under our key; of several the one that is not cancelled. Jobs of the last 90 days are listed. */
  async #find(key: string): Promise<Told<StuartJob | null>> {
    const jobs = await this.#list(key);
    if (isOutage(jobs) || !jobs.ok) return jobs;
    const found = jobs.value.find(({ status }) => status !== "canceled") ?? jobs.value[0] ?? null;
    // The first job stays the booking, whatever Stuart's people make of it.
    if (found && !this.#tried.get(key)) this.#tried.set(key, found.id);
    return ok(found);
  }

  /** Whether the list heeds our filter is not known, so every line is looked at; an end that was not reached is an outage. */
  async #list(key: string): Promise<Told<readonly StuartJob[]>> {
    const { listPerPage, listPages } = this.#settings;
    const found: StuartJob[] = [];
    for (let page = 1; page <= listPages; page++) {
      const query = new URLSearchParams({ client_reference: key, page: String(page), per_page: String(listPerPage) });
      const answer = await this.#ask("GET", `/v2/jobs?${query.toString()}`, null, true);
      const lines = whenYes(answer, ({ list }) => understood(list ?? null));
      if (isOutage(lines) || !lines.ok) return lines;
      const jobs = lines.value.flatMap((line) => readJob(line, key) ?? []);
      found.push(...jobs.filter((job) => keyOf(job) === key));
      if (lines.value.length < listPerPage) return ok(found);
    }
    return outage(`not among the first ${listPages} pages`, true);
  }

  /**
   * A cancelled job may live on: before the pickup under the same key, in a job that Stuart's people stacked it into; after it in the job of
   * the way back (reference §7, §9).
   */
  async #get(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("GET", `/v2/jobs/${encodeURIComponent(reference)}`, null, true);
    const job = whenYes(answer, ({ json }) => understood(readJob(json, null)));
    if (isOutage(job) || !job.ok) return job;
    const report = this.#report(job.value);
    const { key, state } = report;
    if (key === null || (state !== "cancelled" && state !== "dropoff_failed")) return ok(report);
    const jobs = await this.#list(state === "cancelled" ? key : `${key}${this.#settings.returnSuffix}`);
    if (isOutage(jobs) || !jobs.ok) return jobs;
    const other = jobs.value.find(({ id, status }) => id !== job.value.id && status !== "canceled");
    if (!other) return ok(report);
    const told = this.#report(other);
    return ok(state === "cancelled" ? { ...told, reference } : wayBack(report, told));
  }

  #note(key: string | null, state: DeliveryReport["state"]): void {
    if (key !== null && state !== null && hasGoods(state)) this.#fetched.set(key, true);
  }

  #report(job: StuartJob): DeliveryReport {
    const report = toReport(job, this.#now(), this.#settings);
    this.#health.unknown(report.unknown);
    return report;
  }

  async #ask(
    method: WireRequest["method"],
    path: string,
    body: object | null,
    repeatable: boolean,
  ): Promise<Told<Answer>> {
    return answered(this.#health, await this.#client.ask(method, path, body, repeatable), toNo);
  }
}

const wayBack = (failed: DeliveryReport, back: DeliveryReport): DeliveryReport => ({
  ...failed,
  at: back.at,
  message: back.message,
  returning: back.state !== "handed_over",
  returned: back.state === "handed_over",
  courier: back.courier,
});
