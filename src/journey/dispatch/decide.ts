import type {
  Candidate,
  Decision,
  Handler,
  Happened,
  Leg,
  Quote,
  QuotesClosed,
  Round,
  Step,
  Travel,
} from "../../domain/index.ts";
import { after, type Instant, minutes } from "../../kernel/quantity.ts";
import { rank } from "./candidates.ts";
import { commit } from "./commit.ts";
import { partnerQuotes } from "./partner-quotes.ts";
import { cheapestInWindow } from "./policy.ts";

/** D5: all have answered. If the routes have changed meanwhile, the own places are priced again before the choice. */
export const close =
  ({ travel }: { travel: Travel }): Handler<QuotesClosed> =>
  async (event, step) => {
    const leg = step.state.must("leg", event.leg);
    const round = step.state.get("round", leg.id);
    if (leg.state !== "open" || leg.round !== event.round || round?.round !== event.round) return [];
    const answered: Round = { ...round, answers: event.answers, answeredAt: step.now };
    step.state.put("round", answered);
    return stale(answered, step)
      ? [{ type: "LegDue", order: leg.order, leg: leg.id, round: leg.round }]
      : decide(leg, answered, travel, step);
  };

const stale = (round: Round, { state }: Step): boolean =>
  round.candidates.some(({ own }) => state.routeOf(own.shift)?.version !== own.routeVersion);

/** D6: makes the choice, writes the Decision, and turns it into a commitment. */
export async function decide(leg: Leg, round: Round, travel: Travel, step: Step): Promise<readonly Happened[]> {
  const partners = step.state.participants().filter(({ carriage }) => carriage?.kind === "partner");
  const candidates = rank({
    now: step.now,
    window: leg.dropoffWindow,
    policy: cheapestInWindow,
    excluded: leg.excluded,
    computed: [...round.candidates, ...(await partnerQuotes(leg, partners, travel, step))],
    answers: round.answers ?? [],
    cannot: round.cannot,
  });
  const chosen = candidates.find((candidate) => candidate.chosen) ?? null;
  const decision = record(leg, round, candidates, chosen !== null, step);
  step.state.put("decision", decision);
  const timed: Leg = {
    ...leg,
    latency_ms: [...leg.latency_ms, decision.latency_ms],
    quoteWait_ms: [...leg.quoteWait_ms, decision.quoteWait_ms],
  };
  step.state.put("leg", timed);
  const happened: Happened = {
    type: "DecisionRecorded",
    order: leg.order,
    leg: leg.id,
    decision: decision.id,
    outcome: decision.outcome,
  };
  return [happened, ...(chosen?.quote ? commit(timed, chosen.quote, step) : nobody(timed, step))];
}

function record(
  leg: Leg,
  round: Round,
  candidates: readonly Candidate[],
  chosen: boolean,
  { now, id, elapsed_ms }: Step,
): Decision {
  const quoteWait_ms = (round.answeredAt ?? now) - round.askedAt;
  const age = (at: Instant): number => Math.max(0, Math.round((now - at) / 1000));
  const asked = candidates.filter(
    (candidate): candidate is Candidate & { quote: Quote } => candidate.quote?.source === "platform",
  );
  return {
    id: id("decision"),
    kind: "dispatch",
    leg: leg.id,
    order: leg.order,
    owner: leg.shipper,
    at: now,
    outcome: chosen ? "chosen" : "none",
    candidates,
    inputs: [
      { what: "own routes", origin: "plan", age_s: age(round.pricedAt) },
      ...asked.map(({ carrier, quote }) => ({ what: "quote", origin: carrier, age_s: age(quote.madeAt) })),
      ...doubts(round).map(({ carrier, why }) => ({ what: `counted as dearer: ${why}`, origin: carrier, age_s: 0 })),
    ],
    policy: cheapestInWindow,
    latency_ms: Math.max(0, now + elapsed_ms() - leg.dueAt - quoteWait_ms),
    quoteWait_ms,
  };
}

const doubts = ({ answers }: Round): readonly { readonly carrier: Quote["carrier"]; readonly why: string }[] =>
  (answers ?? []).flatMap((answer) =>
    answer.kind === "quote" && answer.doubt ? [{ carrier: answer.quote.carrier, why: answer.doubt.why }] : [],
  );

/** How long to wait before everybody is asked again. */
const pause = minutes(2);
/** D9: this long after the promise is broken nobody is asked any more. */
const patience = minutes(90);

/** D8: nobody can or will: said aloud, and tried again with everybody while the order can still make sense. */
function nobody(leg: Leg, step: Step): readonly Happened[] {
  const { order, id, shipper } = leg;
  const last = after(leg.dropoffWindow.latest ?? leg.readyAt, patience);
  if (step.now > last) {
    step.state.put("leg", { ...leg, state: "cancelled", excluded: [] });
    return [{ type: "LegCancelled", order, leg: id, reason: "no carrier could be found" }];
  }
  const again = after(step.now, pause);
  const waiting: Leg = { ...leg, round: leg.round + 1, excluded: [], dueAt: again };
  step.state.put("leg", waiting);
  step.state.put("timer", {
    id: `due/${id}`,
    owner: shipper,
    dueAt: again,
    event: { type: "LegDue", order, leg: id, round: waiting.round },
  });
  return leg.round > 1
    ? []
    : [{ type: "DisruptionRaised", order, leg: id, kind: "no_carrier", detail: "nobody can carry it now" }];
}
