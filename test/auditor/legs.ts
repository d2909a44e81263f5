import { text, type Fact } from "./log.ts";

/** What a leg on the road may do next, from the design's picture of the leg; what comes before the road is in `Legs`. */
const onTheRoad: Readonly<Record<string, readonly string[]>> = {
  assigned: ["en_route_to_pickup", "at_pickup", "picked_up", "pickup_failed"],
  en_route_to_pickup: ["at_pickup", "picked_up", "pickup_failed"],
  at_pickup: ["picked_up", "pickup_failed"],
  picked_up: ["en_route_to_dropoff", "at_dropoff", "handed_over", "dropoff_failed"],
  en_route_to_dropoff: ["at_dropoff", "handed_over", "dropoff_failed"],
  at_dropoff: ["handed_over", "dropoff_failed"],
  dropoff_failed: ["en_route_to_dropoff"],
};
const proofs = ["photo", "signature", "pin", "name", "safe_place", "platform"];
const beforePickup = ["open", "offered", "assigned", "en_route_to_pickup", "at_pickup"];
const ends = ["handed_over", "cancelled", "pickup_failed", "dropoff_failed"];

export interface Leg {
  state: string;
  /** Who carries it; null while nobody does. */
  carrier: string | null;
  /** A Decision that chose somebody and was not acted on yet. */
  decided: boolean;
  /** An attempt that the next `AttemptRecorded` must prove. */
  owes: "pickup" | "dropoff" | null;
  isReturn: boolean;
}

/** The legs of one order, followed event by event. */
export class Legs {
  readonly all = new Map<string, Leg>();
  readonly faults: string[] = [];
  /** Bookings that a platform confirmed and that nobody waited for, by reference: they must be cancelled again. */
  readonly #unwanted = new Map<string, string>();
  readonly #confirmed = new Set<string>();
  readonly #keys = new Set<string>();

  /** What is still wrong when the log ends. */
  remaining(): readonly string[] {
    const unwanted = [...this.#unwanted].map(
      ([reference, leg]) => `${leg} has a booking too many (${reference}) that nobody cancelled`,
    );
    const unproven = [...this.all]
      .filter(([, leg]) => leg.owes)
      .map(([id, leg]) => `${id} had a ${leg.owes} of which there is no record`);
    return [...unwanted, ...unproven];
  }

  /** Legs that somebody still means to carry. */
  alive(): readonly string[] {
    return [...this.all].filter(([, leg]) => !ends.includes(leg.state)).map(([id]) => id);
  }

  read(fact: Fact): void {
    const id = text(fact, "leg");
    const known = this.all.get(id);
    if (fact.type === "LegOpened") return this.#opened(id, known);
    if (fact.type === "LegAssigned") return this.#assigned(id, known, text(fact, "carrier"));
    if (!known) return this.#say(`${id} has a ${fact.type} before it was opened`);
    switch (fact.type) {
      case "DecisionRecorded":
        known.decided = fact["outcome"] === "chosen";
        return;
      case "LegOffered":
        return this.#offered(id, known, fact.type);
      case "BookingRequested":
        return this.#booked(id, known, fact);
      case "BookingConfirmed":
        return this.#confirm(id, known, fact);
      case "CancelRequested":
        this.#unwanted.delete(text(fact, "reference"));
        return;
      case "CarrierCancelled":
        return this.#givenBack(id, known, text(fact, "carrier"));
      case "LegCancelled":
        return this.#cancelled(id, known);
      case "LegProgressed":
        return this.#progressed(id, known, text(fact, "from"), text(fact, "to"));
      case "AttemptRecorded":
        return this.#attempted(id, known, fact);
    }
  }

  #say(fault: string): void {
    this.faults.push(fault);
  }

  #opened(id: string, known: Leg | undefined): void {
    if (!known) {
      this.all.set(id, { state: "open", carrier: null, decided: false, owes: null, isReturn: false });
      return;
    }
    if (known.carrier !== null) this.#say(`${id} was opened while ${known.carrier} had it`);
    if (known.state !== "offered" && known.state !== "given_back")
      this.#say(`${id} was opened again from ${known.state}`);
    known.state = "open";
    known.carrier = null;
    known.decided = false;
  }

  #offered(id: string, leg: Leg, how: string): void {
    if (leg.state !== "open") this.#say(`${id} had a ${how} while it was ${leg.state}`);
    if (!leg.decided) this.#say(`${id} had a ${how} without a Decision`);
    leg.state = "offered";
    leg.decided = false;
  }

  #booked(id: string, leg: Leg, fact: Fact): void {
    this.#offered(id, leg, fact.type);
    const key = `${text(fact, "carrier")} ${text(fact, "key")}`;
    if (this.#keys.has(key)) this.#say(`${id} was booked twice under the key ${text(fact, "key")}`);
    this.#keys.add(key);
  }

  #confirm(id: string, leg: Leg, fact: Fact): void {
    const request = text(fact, "request");
    if (this.#confirmed.has(request)) this.#say(`${id}: the booking ${request} was confirmed twice`);
    this.#confirmed.add(request);
    // The assignment, or the request to cancel again, follows and takes it from here.
    this.#unwanted.set(text(fact, "reference"), id);
  }

  #assigned(id: string, known: Leg | undefined, carrier: string): void {
    if (!known) return this.#returning(id, carrier);
    if (known.carrier !== null) this.#say(`${id} is in two hands: ${known.carrier} had it when ${carrier} got it`);
    else if (known.state === "open" && !known.decided) this.#say(`${id} was assigned without a Decision`);
    else if (known.state !== "open" && known.state !== "offered")
      this.#say(`${id} was assigned while it was ${known.state}`);
    for (const [reference, leg] of this.#unwanted) if (leg === id) this.#unwanted.delete(reference);
    known.state = "assigned";
    known.carrier = carrier;
    known.decided = false;
  }

  /** A leg that begins with its assignment brings back what could not be handed over, by who has it. */
  #returning(id: string, carrier: string): void {
    const failed = [...this.all.values()].some((leg) => leg.state === "dropoff_failed" && leg.carrier === carrier);
    if (!failed) this.#say(`${id} was assigned before it was opened, and brings nothing back`);
    this.all.set(id, { state: "picked_up", carrier, decided: false, owes: null, isReturn: true });
  }

  #givenBack(id: string, leg: Leg, carrier: string): void {
    if (leg.carrier !== carrier) return this.#say(`${id} was given back by ${carrier}, which did not have it`);
    if (!beforePickup.includes(leg.state))
      this.#say(`${id} was given back after the pickup, while it was ${leg.state}`);
    leg.state = "given_back";
    leg.carrier = null;
  }

  #cancelled(id: string, leg: Leg): void {
    // What its carrier has given back may end there, when nobody wants it any more.
    if (!beforePickup.includes(leg.state) && leg.state !== "given_back")
      this.#say(`${id} was cancelled while it was ${leg.state}`);
    leg.state = "cancelled";
    leg.carrier = null;
  }

  #progressed(id: string, leg: Leg, from: string, to: string): void {
    if (leg.state !== from) this.#say(`${id} went on from ${from}, but was ${leg.state}`);
    if (!onTheRoad[from]?.includes(to)) this.#say(`${id} went from ${from} to ${to}, which no leg may`);
    leg.state = to;
    if (to === "picked_up" || to === "pickup_failed") leg.owes = "pickup";
    if (to === "handed_over" || to === "dropoff_failed") leg.owes = "dropoff";
  }

  #attempted(id: string, leg: Leg, fact: Fact): void {
    if (leg.owes !== fact["kind"])
      return this.#say(`${id} has a record of a ${text(fact, "kind")} that did not happen`);
    const should = leg.state === "picked_up" || leg.state === "handed_over";
    if (fact["succeeded"] !== should) this.#say(`${id} is ${leg.state}, but its attempt says otherwise`);
    if (leg.state === "handed_over") this.#proven(id, leg, fact);
    if (!should && !fact["reason"]) this.#say(`${id} failed without a reason`);
    leg.owes = null;
  }

  /** A proof that the vault may forget, and a kind that it may not: somebody at the door, a safe place, or the platform's word. */
  #proven(id: string, leg: Leg, { proof, proofKind }: Fact): void {
    if (!proof) this.#say(`${id} was delivered without a proof`);
    else if (!proofs.includes(String(proofKind)))
      this.#say(`${id} was delivered, and nobody knows how: ${String(proofKind)}`);
    if (proofKind === "safe_place" && leg.isReturn) this.#say(`${id} was brought back and left with nobody`);
  }
}
