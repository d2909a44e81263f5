import { ConnectionDropped, type FaultPlan, type RequestFault, type WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { bytes } from "./json.ts";
import { StrikeList } from "./strikes.ts";

/** How long a hanging request is held before the platform's own side cuts it: longer than any sane client waits. */
const longestHang_ms = 120_000;

/** How the platform words its own faults. */
export interface FaultWords {
  limited(retryAfter_s: number): WireResponse;
  broken(status: number): WireResponse;
}

/** Stands before the router and lets the FaultPlan spoil what passes. */
export class Gate {
  readonly #world: World;
  readonly #words: FaultWords;
  #rules: StrikeList<NonNullable<FaultPlan["requests"]>[number]>;

  constructor(world: World, words: FaultWords) {
    this.#world = world;
    this.#words = words;
    this.#rules = new StrikeList([], world.rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#rules = new StrikeList(plan.requests ?? [], this.#world.rng.fork("request faults"));
  }

  /** `operation` "*" in a rule means any. */
  async pass(operation: string, answer: () => Promise<WireResponse>): Promise<WireResponse> {
    const fault = this.#rules.draw((rule) => rule.operation === operation || rule.operation === "*")?.fault;
    return fault ? await this.#spoil(fault, answer) : await answer();
  }

  async #spoil(fault: RequestFault, answer: () => Promise<WireResponse>): Promise<WireResponse> {
    if (fault.kind === "slow") {
      await this.#sleep(fault.wait_ms);
      return await answer();
    }
    if (fault.kind === "limited") return this.#words.limited(fault.retryAfter_s);
    if (fault.done) await answer();
    if (fault.kind === "broken") return this.#words.broken(fault.status);
    if (fault.kind === "garbage") return garbage;
    if (fault.kind === "hang") await this.#sleep(longestHang_ms);
    throw new ConnectionDropped(fault.kind === "hang" ? "no answer within two minutes" : "connection reset");
  }

  #sleep(wait_ms: number): Promise<void> {
    return new Promise((done) => this.#world.after(wait_ms, done));
  }
}

const garbage: WireResponse = {
  status: 200,
  headers: { "content-type": "application/json" },
  body: bytes('<html><body>upstream connect error</body></html>{"id":'),
};
