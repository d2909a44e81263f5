import type {
  ConnectionGuard,
  Transport,
  WireAnswer,
  WireOutcome,
  WireRequest,
} from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Outage } from "../../../kernel/result.ts";
import type { Rng } from "../../../kernel/rng.ts";
import { Bulkhead, type BulkheadSettings } from "./bulkhead.ts";
import { CallBudget, callOf } from "./call-budget.ts";
import { Circuit, type CircuitSettings } from "./circuit.ts";
import { holdBack } from "./held-back.ts";
import { isOutage, retryAfter_ms } from "./http.ts";
import type { CallLimit } from "./platform-kind.ts";

export interface GuardParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly limits: readonly CallLimit[];
  /** Below it lie the paths that limits speak of. */
  readonly baseUrl: string;
  readonly circuit?: CircuitSettings;
  readonly bulkhead?: BulkheadSettings;
}

/**
 * Stands between a connector and the network, for one connection: what it lets through is within the platform's limits, not too much at
 * once, and not to a platform that does not answer. What it holds back is an outage that says when to come again, which nobody retries before.
 */
export class Guard implements Transport {
  readonly #parts: GuardParts;
  readonly #circuit: Circuit;
  readonly #bulkhead: Bulkhead;
  readonly #budget: CallBudget;

  constructor(parts: GuardParts) {
    this.#parts = parts;
    this.#circuit = new Circuit(parts.clock, parts.rng, parts.circuit);
    this.#bulkhead = new Bulkhead(parts.bulkhead);
    this.#budget = new CallBudget(parts.clock, parts.limits);
  }

  async send(request: WireRequest): Promise<WireAnswer | Outage> {
    const { clock } = this.#parts;
    const came = clock.now();
    const answer = await this.#bulkhead.run(async () => {
      if (clock.now() - came >= request.timeout_ms) return holdBack("waited too long for its turn", 1000);
      return this.#pass(request);
    });
    return answer ?? holdBack("too much is asked at once", 1000);
  }

  /** Why no quote may be asked for now; null when one may. It costs nothing to leave one out, so nothing waits for it. */
  holdsQuotes(): Outage | null {
    const { state, until } = this.#circuit.view();
    if (state === "open") return holdBack("the circuit is open", until! - this.#parts.clock.now());
    return this.#budget.forQuotes().left === 0 ? holdBack("the budget for quotes is used up", 1000) : null;
  }

  view(): ConnectionGuard {
    const { quotas, pausedUntil, turnedAway } = this.#budget.view();
    const { left, isShort } = this.#budget.forQuotes();
    return {
      circuit: this.#circuit.view(),
      load: this.#bulkhead.view(),
      quotas,
      pausedUntil,
      turnedAway,
      quotesLeft: left,
      quotesShort: isShort,
    };
  }

  judged(outcome: WireOutcome): void {
    if (outcome === "outage") this.#circuit.failed();
    else this.#circuit.answered();
  }

  async #pass(request: WireRequest): Promise<WireAnswer | Outage> {
    const { transport, clock, baseUrl } = this.#parts;
    const { state, until } = this.#circuit.view();
    if (state === "open") return holdBack("the circuit is open", Math.max(1000, (until ?? 0) - clock.now()));
    const wait_ms = this.#budget.take(callOf(request, baseUrl));
    if (wait_ms !== null) return holdBack("the budget of calls is used up", wait_ms);
    // Asked last: whom the circuit admits as its trial must go out.
    if (!this.#circuit.admits()) return holdBack("the circuit is being tried", 1000);
    const answer = await transport.send(request);
    if (!isOutage(answer) && answer.status === 429) this.#budget.pause(retryAfter_ms(answer.headers, clock) ?? 1000);
    return answer;
  }
}
