import type { Handler, Happened, Leg, LegPriced, Participant, Round, Step, Travel } from "../../domain/index.ts";
import { after, seconds } from "../../kernel/quantity.ts";
import { decide } from "./decide.ts";

/** How long platforms may think about a quote. A slow one costs nothing but its own quote. */
const quoteDeadline = seconds(4);

/** D4: own places are known; the platforms are asked, all at once, or the choice is made when they have answered already. */
export const ask =
  ({ travel }: { travel: Travel }): Handler<LegPriced> =>
  async (event, step) => {
    const leg = step.state.must("leg", event.leg);
    if (leg.state !== "open" || leg.round !== event.round) return [];
    const earlier = step.state.get("round", leg.id);
    const answered = earlier?.round === leg.round && earlier.answers !== null ? earlier : null;
    const round: Round = {
      id: leg.id,
      round: leg.round,
      pricedAt: step.now,
      candidates: event.candidates,
      cannot: event.cannot,
      askedAt: answered?.askedAt ?? step.now,
      answers: answered?.answers ?? null,
      answeredAt: answered?.answeredAt ?? null,
    };
    step.state.put("round", round);
    if (answered) return decide(leg, round, travel, step);

    const platforms = askable(leg, step.state.participants());
    if (platforms.length > 0) return requestQuotes(leg, platforms, step);
    const complete: Round = { ...round, answers: [], answeredAt: step.now };
    step.state.put("round", complete);
    return decide(leg, complete, travel, step);
  };

/** Platforms that may carry this leg and have not let go of it before. */
const askable = (leg: Leg, participants: readonly Participant[]): readonly Participant[] =>
  participants.filter(({ id, carriage }) => carriage?.kind === "platform" && !leg.excluded.includes(id));

function requestQuotes(leg: Leg, platforms: readonly Participant[], step: Step): readonly Happened[] {
  const request = step.id("request");
  const carriers = platforms.map(({ id }) => id);
  const deadline = after(step.now, quoteDeadline);
  step.state.put("request", {
    id: request,
    kind: "quotes",
    order: leg.order,
    leg: leg.id,
    owner: leg.shipper,
    carriers,
    round: leg.round,
    key: `${leg.id}-${leg.round}`,
    quote: null,
    reference: null,
    madeAt: step.now,
    deadline,
    state: "open",
  });
  return [{ type: "QuotesRequested", order: leg.order, leg: leg.id, request, round: leg.round, carriers, deadline }];
}
