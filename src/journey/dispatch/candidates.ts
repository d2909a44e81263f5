import type { Candidate, LossReason, OwnRefusal, Quote, QuoteAnswer, TimeWindow } from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import { between, type Instant } from "../../kernel/quantity.ts";
import type { Policy } from "./policy.ts";

/** Everything a choice is made of: no clock, no store, so that it can be made again from its record. */
export interface Choice {
  readonly now: Instant;
  readonly window: TimeWindow;
  readonly policy: Policy;
  readonly excluded: readonly ParticipantId[];
  /** Own places and partner tariffs. */
  readonly computed: readonly Quote[];
  readonly answers: readonly QuoteAnswer[];
  readonly cannot: readonly OwnRefusal[];
}

/** D1, D2: all candidates, the chosen one first if there is one, each other with the reason it lost. */
export function rank(choice: Choice): readonly Candidate[] {
  const asked = choice.answers.flatMap((answer) => (answer.kind === "quote" ? [answer.quote] : []));
  const quotes = [...choice.computed, ...asked];
  const fit = quotes.filter((quote) => disqualified(quote, choice) === null);
  const inTime = fit.filter((quote) => latenessOf(quote, choice.window) === 0);
  const best = cheapest(inTime.length > 0 ? inTime : fit, choice);

  const lines = quotes.map((quote) => line(quote, best, inTime.length > 0, choice)).toSorted(chosenThenCheapest);
  return [...lines, ...silent(choice.answers), ...unable(choice.cannot)];
}

const cheapest = (quotes: readonly Quote[], choice: Choice): Quote | null =>
  quotes.reduce<Quote | null>(
    (best, quote) => (best === null || expectedCost(quote, choice) < expectedCost(best, choice) ? quote : best),
    null,
  );

const chosenThenCheapest = (a: Candidate, b: Candidate): number =>
  Number(b.chosen) - Number(a.chosen) || (a.expectedCost ?? Infinity) - (b.expectedCost ?? Infinity);

/** Whole seconds after the window's end that the quote expects to be at the door; 0 when it does not say. */
const latenessOf = (quote: Quote, { latest }: TimeWindow): number =>
  latest === null || quote.dropoffAt === null ? 0 : between(latest, quote.dropoffAt);

const expectedCost = (quote: Quote, { window, policy, answers }: Choice): number => {
  const doubt = answers.find((answer) => answer.kind === "quote" && answer.quote === quote) as Doubtful | undefined;
  const price = quote.price.amount * (1 + (doubt?.doubt?.share ?? 0));
  return Math.round(price + (latenessOf(quote, window) / 60) * policy.latenessPerMinute);
};

type Doubtful = Extract<QuoteAnswer, { kind: "quote" }>;

function disqualified(quote: Quote, { now, excluded }: Choice): LossReason | null {
  if (excluded.includes(quote.carrier)) return { code: "EXCLUDED_EARLIER" };
  if (quote.expiresAt !== null && quote.expiresAt < now) return { code: "QUOTE_EXPIRED" };
  return null;
}

function line(quote: Quote, best: Quote | null, windowKept: boolean, choice: Choice): Candidate {
  const cost = expectedCost(quote, choice);
  const late = latenessOf(quote, choice.window);
  const chosen = quote === best;
  const lost = chosen
    ? null
    : (disqualified(quote, choice) ??
      (windowKept && late > 0
        ? ({ code: "LATE", by: late } as LossReason)
        : ({ code: "DEARER", by: cost - (best ? expectedCost(best, choice) : 0) } as const)));
  return { carrier: quote.carrier, courier: quote.own?.courier ?? null, quote, expectedCost: cost, chosen, lost };
}

const silent = (answers: readonly QuoteAnswer[]): readonly Candidate[] =>
  answers.flatMap((answer) => (answer.kind === "quote" ? [] : [without(answer.carrier, null, whyNot(answer))]));

function whyNot(answer: Exclude<QuoteAnswer, { kind: "quote" }>): LossReason {
  if (answer.kind === "refusal") return { code: "CARRIER_REFUSED", why: answer.why };
  if (answer.kind === "outage") return { code: "NO_ANSWER", why: answer.why };
  const { price, sample, over } = answer;
  return { code: "NOT_ASKED", price, sample, over };
}

const unable = (cannot: readonly OwnRefusal[]): readonly Candidate[] =>
  cannot.map(({ carrier, courier, rule, by }) => without(carrier, courier, { code: "CANNOT_CARRY", rule, by }));

const without = (carrier: ParticipantId, courier: Candidate["courier"], lost: LossReason): Candidate => ({
  carrier,
  courier,
  quote: null,
  expectedCost: null,
  chosen: false,
  lost,
});
