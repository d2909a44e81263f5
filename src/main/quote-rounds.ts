import type { Quote, QuoteAnswer, Request } from "../domain/index.ts";
import { whomToAsk, type Askable } from "../journey/dispatch/index.ts";
import type { Errand, PlatformConnector, PlatformQuote, PlatformRefusal, Trust } from "../journey/dispatch/ports.ts";
import { newId, type ParticipantId } from "../kernel/id.ts";
import { after, seconds } from "../kernel/quantity.ts";
import { ok, refuse, type Outage, type Result } from "../kernel/result.ts";
import type { Rng } from "../kernel/rng.ts";
import type { LabourMarket } from "./labour-market.ts";
import { errandKindOf, type PriceHistory } from "./price-history.ts";
import type { Scheduler } from "./scheduler.ts";

export interface QuoteRoundParts {
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  readonly prices: PriceHistory;
  readonly market: LabourMarket;
  readonly trust: (carrier: ParticipantId) => Trust;
  /** What a platform answers; a connector that breaks, or is not linked, has not answered. */
  readonly ask: <Answer>(
    carrier: ParticipantId,
    call: (connector: PlatformConnector) => Promise<Answer | Outage>,
  ) => Promise<Answer | Outage>;
}

/** How long a quote counts that names no end, of a platform that is held to nothing else. */
const usualLife = seconds(600);

const isOutage = (answer: object): answer is Outage => "kind" in answer && answer.kind === "outage";

/** Asks platforms what they would take for an errand: all at once, under one deadline, and within what their limits leave. */
export class QuoteRounds {
  readonly #parts: QuoteRoundParts;

  constructor(parts: QuoteRoundParts) {
    this.#parts = parts;
  }

  /** `ours`: the cheapest own place in time, minor units. One answer for each carrier of the request, in its order. */
  answers(request: Request, errand: Errand, ours: number | null): Promise<readonly QuoteAnswer[]> {
    const askable = request.carriers.map((carrier) => this.#askable(carrier, errand));
    // A leg that nobody took in the first round is worth everybody's quote.
    const asked = request.round > 1 ? new Set(request.carriers) : whomToAsk(askable, ours);
    return Promise.all(askable.map((one) => this.#answer(request, one, errand, asked.has(one.carrier))));
  }

  /** W15: the quote as it stands when it is to be booked; one that is over is asked for anew, and taken unless it is dearer now. */
  async current(
    carrier: ParticipantId,
    errand: Errand,
    quote: Quote,
  ): Promise<Result<Quote, PlatformRefusal> | Outage> {
    const { scheduler, connectors, ask } = this.#parts;
    const life = connectors.get(carrier)?.serviceLevel?.quote ?? usualLife;
    if (scheduler.now() <= (quote.expiresAt ?? after(quote.madeAt, life))) return ok(quote);
    const answer = await ask(carrier, (connector) => connector.quote(errand));
    if (isOutage(answer) || !answer.ok) return answer;
    const { price } = answer.value;
    const dearer = price.currency !== quote.price.currency || price.amount > quote.price.amount;
    return dearer
      ? refuse({ code: "QUOTE_STALE", words: "its quote had expired, and it is dearer now", reference: null })
      : ok({ ...quote, ...answer.value, madeAt: scheduler.now() });
  }

  #askable(carrier: ParticipantId, { leg }: Errand): Askable {
    const { connectors, prices, scheduler } = this.#parts;
    const guard = connectors.get(carrier)?.guard?.();
    const predicted = prices.predict(carrier, errandKindOf(leg, scheduler.now()));
    return { carrier, left: guard?.quotesLeft ?? null, isShort: guard?.quotesShort ?? false, predicted };
  }

  async #answer(request: Request, of: Askable, errand: Errand, isAsked: boolean): Promise<QuoteAnswer> {
    const { carrier, predicted } = of;
    const { standing, doubt, why } = this.#parts.trust(carrier);
    if (standing === "excluded") return { kind: "outage", carrier, why: `left out: ${why}` };
    if (!isAsked && predicted !== null) {
      const { median, sample, over } = predicted;
      return { kind: "predicted", carrier, price: median, sample, over };
    }
    if (!isAsked) return { kind: "outage", carrier, why: "its limits leave no quote now" };
    const answer = await this.#inTime(request, carrier, errand);
    return answer.kind === "quote" && why !== null ? { ...answer, doubt: { share: doubt, why } } : answer;
  }

  /** One platform's answer, or none by the deadline. */
  #inTime(request: Request, carrier: ParticipantId, errand: Errand): Promise<QuoteAnswer> {
    const { scheduler, ask } = this.#parts;
    const late: QuoteAnswer = { kind: "outage", carrier, why: "no answer before the deadline" };
    const asked = ask(carrier, (connector) => connector.quote(errand)).then((answer) =>
      this.#toAnswer(request, carrier, errand, answer),
    );
    return new Promise((resolve, reject) => {
      const cancel = scheduler.at(request.deadline ?? scheduler.now(), () => resolve(late));
      asked.then(resolve, reject).finally(cancel);
    });
  }

  #toAnswer(
    { leg }: Request,
    carrier: ParticipantId,
    errand: Errand,
    answer: Result<PlatformQuote, PlatformRefusal> | Outage,
  ): QuoteAnswer {
    const { scheduler, rng, prices, market } = this.#parts;
    const now = scheduler.now();
    market.observe(carrier, errand.leg, answer, now);
    if (isOutage(answer)) return { kind: "outage", carrier, why: answer.reason };
    if (!answer.ok) return { kind: "refusal", carrier, why: answer.refusal.words };
    const agreed = errand.order.price?.currency;
    const { currency } = answer.value.price;
    if (agreed !== undefined && currency !== agreed)
      return { kind: "refusal", carrier, why: `asks in ${currency}, and the order is paid in ${agreed}` };
    prices.add(carrier, errandKindOf(errand.leg, now), answer.value.price);
    const quote: Quote = {
      ...answer.value,
      id: newId("quote", now, rng),
      leg,
      carrier,
      madeAt: now,
      source: "platform",
      own: null,
    };
    return { kind: "quote", quote };
  }
}
