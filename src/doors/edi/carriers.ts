import type { FailureReason, LegState, Scope } from "../../domain/index.ts";
import { isId, type LegId } from "../../kernel/id.ts";
import type { Network } from "../network.ts";
import type { Invoice, Status, StatusWord, TenderAnswer } from "./messages.ts";

/** What came of something a carrier told us: one sentence, and whether it was taken. */
export interface Taken {
  readonly taken: boolean;
  readonly words: string;
}
const taken = (words: string): Taken => ({ taken: true, words });
const refused = (words: string): Taken => ({ taken: false, words });

export interface CarrierParts {
  readonly network: Pick<Network, "offers" | "fleet" | "reads">;
  readonly explain: (refusal: { readonly code: string }) => string;
}

/** The number of a load that we tender: a leg's id without its kind, in capitals, which fits the 30 characters of X12. */
export const loadOfLeg = (leg: LegId): string => leg.slice("leg_".length).toUpperCase();

function legOf(load: string): LegId | null {
  const id = `leg_${load.toLowerCase()}`;
  return isId("leg", id) ? id : null;
}

/** C1: a carrier's yes or no counts while its offer is open, as if it had said so itself. */
export async function hearAnswer(
  { network, explain }: CarrierParts,
  scope: Scope,
  answer: TenderAnswer,
): Promise<Taken> {
  const leg = legOf(answer.load);
  const open = await network.offers.open(scope);
  const offer = open.find((one) => one.leg === leg && one.to === scope.viewer);
  if (!offer) return refused(`no offer of load ${answer.load} waits for an answer`);
  const said = await network.offers.answer(scope, offer.id, answer.accepted, answer.reason);
  return said.ok
    ? taken(`load ${answer.load} is ${answer.accepted ? "taken" : "declined"}`)
    : refused(explain(said.refusal));
}

type Reported = Parameters<Network["fleet"]["report"]>[2]["to"];
/** Our words that move a leg; the others are kept in the record of the interchange and move nothing. */
const moves: Readonly<Partial<Record<StatusWord, Reported>>> = {
  en_route_to_pickup: "en_route_to_pickup",
  at_pickup: "at_pickup",
  picked_up: "picked_up",
  en_route_to_dropoff: "en_route_to_dropoff",
  at_dropoff: "at_dropoff",
  handed_over: "handed_over",
  pickup_failed: "pickup_failed",
  dropoff_failed: "dropoff_failed",
};
/** Reasons (element 1651) that say why a try failed, in our words. */
const reasons: Readonly<Record<string, FailureReason>> = {
  ...{
    A2: "wrong_address",
    AQ: "nobody_home",
    AG: "nobody_home",
    B1: "closed",
    BS: "refused_by_recipient",
    AM: "not_ready",
  },
};
const order: readonly LegState[] = [
  "assigned",
  "en_route_to_pickup",
  "at_pickup",
  "picked_up",
  "en_route_to_dropoff",
  "at_dropoff",
  "handed_over",
];

/** C2: a status moves the leg as a courier's own word would; what is old news moves nothing, and a code that no table has is told and never guessed. */
export async function hearStatus({ network, explain }: CarrierParts, scope: Scope, status: Status): Promise<Taken> {
  if (status.word === null) return refused(`status ${status.code} is in no table of this partner`);
  const id = legOf(status.load);
  const leg = id && (await network.reads.leg(scope, id));
  if (!leg) return refused(`load ${status.load} is none of this carrier's`);
  const to = moves[status.word];
  if (to === undefined) return taken(`${status.word}, which moves nothing`);
  if (order.includes(to) && order.indexOf(leg.state) >= order.indexOf(to))
    return taken(`${status.word}, which was known`);
  const failed = to === "pickup_failed" || to === "dropoff_failed";
  const said = await network.fleet.report(scope, leg.id, {
    ...{ to, at: status.at },
    reason: failed ? (reasons[status.reason] ?? "other") : null,
    proof: to === "handed_over" ? { kind: "platform", value: `${status.scac} status ${status.code}` } : null,
  });
  return said.ok ? taken(`${status.load} is ${status.word}`) : refused(explain(said.refusal));
}

/** C3: an invoice is held against the price that was agreed; what differs is told and pays nothing more. */
export async function hearInvoice({ network }: CarrierParts, scope: Scope, invoice: Invoice): Promise<Taken> {
  const id = legOf(invoice.load);
  const leg = id && (await network.reads.leg(scope, id));
  const price = leg?.assignment?.carrier === scope.viewer ? leg.assignment.price : null;
  if (!price) return refused(`load ${invoice.load} is none that this carrier carried`);
  const words = `invoice ${invoice.number} of ${invoice.amount.amount} ${invoice.amount.currency} for load ${invoice.load}`;
  if (price.currency === invoice.amount.currency && price.amount === invoice.amount.amount)
    return taken(`${words} is what was agreed`);
  return refused(`${words} differs from the agreed ${price.amount} ${price.currency}`);
}
