import { text, type Fact } from "./log.ts";
import type { Legs } from "./legs.ts";

const next: Readonly<Record<string, readonly string[]>> = {
  expected: ["in_custody", "lost", "damaged"],
  in_custody: ["in_custody", "at_hub", "held", "delivered", "returned", "lost", "damaged"],
  at_hub: ["in_custody", "held", "returned", "lost", "damaged"],
  held: ["delivered", "in_custody", "returned", "lost", "damaged"],
};

/** Who must have a parcel in each state; `null`: whoever had it last. */
const holders: Readonly<Record<string, string | null>> = {
  in_custody: "carrier",
  at_hub: "hub",
  held: null,
  delivered: "recipient",
  returned: "shipper",
  lost: null,
  damaged: null,
};

/** The parcels of one order, from hand to hand. */
export class Parcels {
  readonly states = new Map<string, string>();
  readonly faults: string[] = [];
  readonly #legs: Legs;

  constructor(legs: Legs) {
    this.#legs = legs;
  }

  read(fact: Fact): void {
    const [id, from, to] = [text(fact, "parcel"), text(fact, "from"), text(fact, "to")];
    const was = this.states.get(id) ?? "expected";
    if (was !== from) this.faults.push(`${id} has a gap in its custody: it was ${was} and went on from ${from}`);
    if (!next[from]?.includes(to)) this.faults.push(`${id} went from ${from} to ${to}, which no parcel may`);
    this.states.set(id, to);
    this.#held(id, to, fact["holder"] as { kind?: string; participant?: string } | null | undefined);
  }

  /** Exactly one holder, of the kind that the state asks for, and a carrier only while it has a leg of this order. */
  #held(id: string, to: string, holder: { kind?: string; participant?: string } | null | undefined): void {
    if (!holder?.kind) return void this.faults.push(`${id} became ${to} and nobody has it`);
    if (holders[to] !== null && holder.kind !== holders[to])
      this.faults.push(`${id} became ${to}, but a ${holder.kind} has it`);
    const legs = [...this.#legs.all.values()];
    const carries = legs.some((leg) => leg.state === "picked_up" && leg.carrier === holder.participant);
    if (to === "in_custody" && !carries)
      this.faults.push(`${id} is with ${holder.participant}, which has picked up no leg of its order`);
    const handed = legs.some((leg) => leg.state === "handed_over" && !leg.isReturn);
    if (to === "delivered" && !handed) this.faults.push(`${id} was delivered, but no leg was handed over`);
  }
}
