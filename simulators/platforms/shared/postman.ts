import type { FaultPlan, WebhookFault } from "../wire.ts";
import type { World } from "../world.ts";
import { StrikeList } from "./strikes.ts";

export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One event with the false letters an attacker could send in its place. */
export interface Mail {
  readonly letter: Letter;
  /** A claim that is not true, with credentials that are wrong (`forged`) or missing (`unsigned`). */
  falsify(how: "forged" | "unsigned"): Letter;
}

export interface RetryPolicy {
  /** Waits before the second, third … attempt. */
  readonly waits_ms: readonly number[];
  accepted(status: number): boolean;
  /** Called with a letter whose last attempt was in vain. */
  exhausted?(letter: Letter): void;
}

/** How long a swapped letter waits for its successor at most. */
const longestSwap_ms = 60_000;

/** Posts webhooks: at least once, retried, in no promised order, and as badly as the FaultPlan says. */
export class Postman {
  readonly #world: World;
  readonly #policy: RetryPolicy;
  #rules: StrikeList<NonNullable<FaultPlan["webhooks"]>[number]>;
  #held: Letter[] = [];

  constructor(world: World, policy: RetryPolicy) {
    this.#world = world;
    this.#policy = policy;
    this.#rules = new StrikeList([], world.rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#rules = new StrikeList(plan.webhooks ?? [], this.#world.rng.fork("webhook faults"));
  }

  send(mail: Mail): void {
    const fault = this.#rules.draw()?.fault;
    const before = this.#held;
    this.#held = [];
    if (fault) this.#sendBadly(mail, fault);
    else this.#attempt(mail.letter, 0);
    for (const letter of before) this.#attempt(letter, 0);
  }

  #sendBadly(mail: Mail, fault: WebhookFault): void {
    if (fault.kind === "lost") return;
    if (fault.kind === "swapped") return this.#hold(mail.letter);
    if (fault.kind === "late") return this.#world.after(fault.wait_ms, () => this.#attempt(mail.letter, 0));
    this.#attempt(mail.letter, 0);
    if (fault.kind === "duplicate") this.#attempt(mail.letter, 0);
    else void this.#post(mail.falsify(fault.kind));
  }

  #hold(letter: Letter): void {
    this.#held.push(letter);
    this.#world.after(longestSwap_ms, () => {
      if (!this.#held.includes(letter)) return;
      this.#held = this.#held.filter((one) => one !== letter);
      this.#attempt(letter, 0);
    });
  }

  /** Once, and whatever comes of it is nothing to the platform when the letter is not its own. */
  #post({ url, headers, body }: Letter): ReturnType<World["post"]> {
    const target = new URL(url);
    return this.#world.post(url, { method: "POST", path: target.pathname + target.search, headers, body });
  }

  #attempt(letter: Letter, failures: number): void {
    void this.#post(letter).then((answer) => {
      if (answer !== null && this.#policy.accepted(answer.status)) return;
      const wait_ms = this.#policy.waits_ms[failures];
      if (wait_ms === undefined) this.#policy.exhausted?.(letter);
      else this.#world.after(wait_ms, () => this.#attempt(letter, failures + 1));
    });
  }
}
