import { Legs } from "./legs.ts";
import { iso, text, type Fact, type Line } from "./log.ts";
import { Parcels } from "./parcels.ts";

/** What may still be heard of an order that is closed: its money, its last attempt's trouble, and bookings called off. */
const afterClosing = [
  "JourneySettled",
  "DisruptionRaised",
  "BookingConfirmed",
  "BookingRefused",
  "BookingUnknown",
  "CancelRequested",
  "CancelAnswered",
  "UpdateAnswered",
  "QuotesClosed",
];
const known = [
  ...afterClosing,
  "OrderPlaced",
  "OrderAccepted",
  "OrderEdited",
  "UpdateRequested",
  "OrderCancelRequested",
  "OrderStarted",
  "OrderClosed",
  "LegOpened",
  "LegDue",
  "LegPriced",
  "QuotesRequested",
  "LegOffered",
  "OfferAccepted",
  "OfferRefused",
  "OfferExpired",
  "BookingRequested",
  "LegAssigned",
  "LegProgressed",
  "CarrierCancelled",
  "LegCancelled",
  "ParcelMoved",
  "AttemptRecorded",
  "DecisionRecorded",
  "FreshnessBreached",
  "SyncRepaired",
];

/** One order's story, read once from its first line to its last. */
export class Story {
  readonly faults: string[] = [];
  readonly #order: string;
  readonly #legs = new Legs();
  readonly #parcels = new Parcels(this.#legs);
  #closed: string | null = null;
  #settled = 0;

  constructor(order: string) {
    this.#order = order;
  }

  /** All that is wrong; `dayIsOver`: an order that is still open counts as lost. */
  static faultsOf(order: string, lines: readonly Line[], dayIsOver: boolean): readonly string[] {
    const story = new Story(order);
    lines.forEach((line, index) => story.#line(line, index + 1));
    story.#end(lines, dayIsOver);
    return story.faults;
  }

  #say(fault: string): void {
    this.faults.push(`${this.#order}: ${fault}`);
  }

  #line({ sequence, order, event }: Line, expected: number): void {
    if (sequence !== expected)
      this.#say(`event ${expected} is missing or out of place (${event.type} says ${sequence})`);
    if (event["order"] !== order) this.#say(`a ${event.type} of ${text(event, "order")} stands among its events`);
    if (!known.includes(event.type)) return this.#say(`nobody knows what a ${event.type} is`);
    if ((expected === 1) !== (event.type === "OrderPlaced"))
      this.#say(`its story has ${event.type} as event ${expected}`);
    if (this.#closed !== null && !afterClosing.includes(event.type))
      this.#say(`it was closed as ${this.#closed} and reopened by ${event.type}`);
    this.#read(event);
  }

  #read(event: Fact): void {
    if (event.type === "OrderClosed") this.#close(text(event, "state"));
    else if (event.type === "JourneySettled") this.#settle();
    else if (event.type === "ParcelMoved") this.#parcels.read(event);
    else if ("leg" in event) this.#legs.read(event);
    const news = [...this.#legs.faults.splice(0), ...this.#parcels.faults.splice(0)];
    for (const fault of news) this.#say(fault);
  }

  #close(state: string): void {
    if (this.#closed !== null) this.#say(`it was closed twice, as ${this.#closed} and as ${state}`);
    this.#closed = state;
    const states = [...this.#parcels.states.values()];
    const some = (wanted: string) => states.includes(wanted);
    const all = (wanted: string) => states.length > 0 && states.every((one) => one === wanted);
    const fits: Readonly<Record<string, boolean>> = {
      delivered: all("delivered"),
      partly_delivered: some("delivered"),
      returned: some("returned") && !some("delivered"),
      failed: !some("delivered") && !some("returned"),
      cancelled: states.length === 0,
    };
    if (!fits[state])
      this.#say(`it was closed as ${state}, but its parcels are ${states.join(", ") || "where they were"}`);
    for (const [id, now] of this.#parcels.states) {
      if (now === "in_custody" || now === "at_hub" || now === "held") this.#say(`it was closed while ${id} was ${now}`);
    }
    for (const leg of this.#legs.alive()) this.#say(`it was closed while ${leg} was still to be carried`);
  }

  #settle(): void {
    this.#settled++;
    if (this.#closed === null) this.#say("it was settled before it was closed");
    if (this.#settled > 1) this.#say(`it was settled ${this.#settled} times`);
  }

  #end(lines: readonly Line[], dayIsOver: boolean): void {
    const last = lines.at(-1);
    if (this.#closed !== null && this.#settled === 0) this.#say("it was closed, but its money was never settled");
    if (this.#closed === null && dayIsOver && last) {
      this.#say(
        `it is lost: placed ${iso(lines[0]!.at)}, never closed, last heard of ${iso(last.at)} with ${last.event.type}`,
      );
    }
    for (const fault of this.#legs.remaining()) this.#say(fault);
  }
}
