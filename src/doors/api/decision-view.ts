import type { Candidate, Decision, LossReason, Scope } from "../../domain/index.ts";
import type { CourierId } from "../../kernel/id.ts";
import { toIso } from "../../kernel/quantity.ts";
import type { CandidateView, DecisionView } from "./contract.ts";
import { isoOrNull, moneyOrNull, named, type Directory } from "./views.ts";

/** Why a candidate lost, as a sentence's end; `money` writes minor units for people. */
function lossWords(lost: LossReason, money: (minor: number) => string): string {
  switch (lost.code) {
    case "DEARER":
      return `dearer by ${money(lost.by)}`;
    case "LATE":
      return `would be ${Math.ceil(lost.by / 60)} min late`;
    case "QUOTE_EXPIRED":
      return "its quote had expired";
    case "EXCLUDED_EARLIER":
      return "refused, cancelled or was silent in an earlier round";
    case "NO_ANSWER":
      return `did not answer: ${lost.why}`;
    case "CARRIER_REFUSED":
      return `refused: ${lost.why}`;
    case "NOT_ASKED":
      return `not asked, its quotes are rationed: about ${money(lost.price.amount)} by ${lost.sample} quotes of ${lost.over}`;
    case "CANNOT_CARRY":
      return `cannot carry it: ${lost.rule}${lost.by === null ? "" : ` by ${lost.by}`}`;
  }
}

/** By how much would be the other's price. */
const dearer = { code: "DEARER", words: "dearer" } as const;

/** `tells` all to the operator and of its own line to a carrier; else who, when and why, and of money only what won. */
function candidateView(
  directory: Directory,
  couriers: ReadonlyMap<CourierId, string>,
  one: Candidate,
  currency: string,
  tells: boolean,
): CandidateView {
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const money = (minor: number): string => `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
  return {
    carrier: named(directory, one.carrier),
    courier: tells ? one.courier : null,
    courierName: (tells && one.courier && couriers.get(one.courier)) || null,
    price: tells || one.chosen ? moneyOrNull(one.quote?.price ?? null) : null,
    pickupAt: isoOrNull(one.quote?.pickupAt ?? null),
    dropoffAt: isoOrNull(one.quote?.dropoffAt ?? null),
    source: one.quote?.source ?? null,
    expectedCostMinor: tells ? one.expectedCost : null,
    chosen: one.chosen,
    lost:
      one.lost && (tells || one.lost.code !== "DEARER" ? { ...one.lost, words: lossWords(one.lost, money) } : dearer),
  };
}

/** A shipper sees who was asked, and why it went where it went; a carrier that is not the owner its own line alone. */
export function decisionView(
  scope: Scope,
  directory: Directory,
  decision: Decision,
  couriers: ReadonlyMap<CourierId, string>,
  currency: string,
): DecisionView {
  const all = scope.viewer === "network" || scope.viewer === decision.owner;
  return {
    id: decision.id,
    leg: decision.leg,
    order: decision.order,
    at: toIso(decision.at),
    outcome: decision.outcome,
    candidates: decision.candidates
      .filter(({ carrier }) => all || carrier === scope.viewer)
      .map((one) => {
        const tells = scope.viewer === "network" || one.carrier === scope.viewer;
        return candidateView(directory, couriers, one, one.quote?.price.currency ?? currency, tells);
      }),
    inputs: all ? decision.inputs.map(({ what, origin, age_s }) => ({ what, origin, ageSeconds: age_s })) : [],
    policy: {
      name: decision.policy.name,
      version: decision.policy.version,
      latenessPerMinuteMinor: decision.policy.latenessPerMinute,
    },
    latencyMs: decision.latency_ms,
    quoteWaitMs: decision.quoteWait_ms,
  };
}
