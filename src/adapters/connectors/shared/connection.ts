import type { DeliveryReport, OrderChange } from "../../../domain/index.ts";
import type {
  ConnectionGuard,
  ConnectionHealth,
  Errand,
  FailedCall,
  PlatformConnector,
  PlatformQuote,
  PlatformRefusal,
  RawWebhook,
  ServiceLevel,
  WebhookRefusal,
} from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import { after, hours, type Instant } from "../../../kernel/quantity.ts";
import { refuse, type Outage, type Result } from "../../../kernel/result.ts";
import { Guard } from "./guard.ts";
import { HealthCounter } from "./health.ts";
import { maskSent } from "./masked.ts";
import type { ConnectorParts } from "./parts.ts";
import type { PlatformAccount, PlatformKind } from "./platform-kind.ts";

type Told<Value> = Promise<Result<Value, PlatformRefusal> | Outage>;

/** A webhook that was on its way, or is being retried, when the secret changed is still believed for so long. */
const grace = hours(24);

/**
 * A participant's connection to a platform: the platform's connector behind a guard, counted from one change of credentials to the next.
 * New credentials count from the next call on; calls under way end with those they began with.
 */
export class Connection implements PlatformConnector {
  readonly name: string;
  readonly kind: PlatformKind;
  readonly version: string;
  readonly serviceLevel: ServiceLevel;
  readonly #parts: ConnectorParts;
  readonly #health: HealthCounter;
  #guard: Guard;
  #account: PlatformAccount;
  #connector: PlatformConnector;
  /** Who believes webhooks by the secret that was replaced. */
  #former: { readonly connector: PlatformConnector; readonly until: Instant } | null = null;

  constructor(kind: PlatformKind, parts: ConnectorParts, account: PlatformAccount) {
    this.kind = kind;
    this.name = kind.name;
    this.version = kind.version;
    this.serviceLevel = kind.freshness;
    this.#parts = parts;
    this.#health = new HealthCounter(parts.clock);
    this.#account = account;
    this.#guard = this.#guardFor(account);
    this.#connector = this.#connectorFor(account);
  }

  /** The same platform with a changed account. */
  rotate(account: PlatformAccount): void {
    // What was learnt of one address says nothing of another; of one account, it goes on counting.
    if (account.baseUrl !== this.#account.baseUrl) this.#guard = this.#guardFor(account);
    this.#former = { connector: this.#connector, until: after(this.#parts.clock.now(), grace) };
    this.#account = account;
    this.#connector = this.#connectorFor(account);
  }

  async quote(errand: Errand): Told<PlatformQuote> {
    return this.#guard.holdsQuotes() ?? (await this.#connector.quote(errand));
  }

  book(errand: Errand, quote: { readonly reference: string; readonly price: Money }): Told<DeliveryReport> {
    return this.#connector.book(errand, quote);
  }

  find(key: string): Told<DeliveryReport | null> {
    return this.#connector.find(key);
  }

  get(reference: string): Told<DeliveryReport> {
    return this.#connector.get(reference);
  }

  cancel(reference: string): Told<DeliveryReport> {
    return this.#connector.cancel(reference);
  }

  get takes(): readonly OrderChange[] {
    return this.#connector.takes ?? [];
  }

  async update(reference: string, errand: Errand, changes: readonly OrderChange[]): Told<DeliveryReport> {
    const none = refuse<PlatformRefusal>({ code: "NOT_ALLOWED", words: "takes no changes", reference: null });
    return (await this.#connector.update?.(reference, errand, changes)) ?? none;
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const told = this.#believed(webhook);
    if (!told.ok) this.#health.failures.keep(this.#disbelieved(webhook, told.refusal));
    return told;
  }

  failures(): readonly FailedCall[] {
    return this.#health.failures.list();
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  guard(): ConnectionGuard {
    return this.#guard.view();
  }

  #believed(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const told = this.#connector.receive(webhook);
    if (told.ok || told.refusal.code !== "WEBHOOK_FORGED" || this.#former === null) return told;
    if (this.#parts.clock.now() > this.#former.until) {
      this.#former = null;
      return told;
    }
    const by = this.#former.connector.receive(webhook);
    // Both have counted it: whichever way it went, once is enough.
    this.#health.pardon();
    return by;
  }

  #disbelieved({ headers, body }: RawWebhook, { code }: WebhookRefusal): FailedCall {
    const url = `/hooks/${this.kind.platform}`;
    const request = maskSent(headers, body);
    const at = this.#parts.clock.now();
    return { at, kind: "webhook", method: "POST", url, status: null, why: code, took_ms: null, request, answer: null };
  }

  #guardFor({ baseUrl }: PlatformAccount): Guard {
    const { transport, clock, rng } = this.#parts;
    const { kind } = this;
    return new Guard({
      transport,
      clock,
      rng: rng.fork("circuit"),
      limits: kind.limits,
      baseUrl: baseUrl ?? kind.baseUrl ?? "",
    });
  }

  #connectorFor(account: PlatformAccount): PlatformConnector {
    return this.kind.connect({ ...this.#parts, transport: this.#guard, health: this.#health }, account);
  }
}
