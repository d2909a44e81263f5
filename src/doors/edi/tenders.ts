import { setTimeout as pause } from "node:timers/promises";
import type { Contact, Order, Scope } from "../../domain/index.ts";
import type { IntakeRefusal, OrderChanges, OrderRequest } from "../../journey/intake/index.ts";
import type { OrderId } from "../../kernel/id.ts";
import type { Network } from "../network.ts";
import type { Tender } from "./messages.ts";
import { loadOf, ordersOf } from "./orders-of.ts";
import type { Partner } from "./partners.ts";

/** What tenders are answered with. */
export interface TenderParts {
  readonly network: Pick<Network, "clock" | "orders" | "reads" | "vault">;
  /** What is wrong with an order, in one sentence. */
  readonly explain: (refusal: { readonly code: string }) => string;
}

/** The business answer to a tender: yes, with the orders it became, or no, with the reason. */
export interface Verdict {
  readonly accepted: boolean;
  readonly reason: string | null;
  readonly orders: readonly OrderId[];
}
const yes = (orders: readonly OrderId[]): Verdict => ({ accepted: true, reason: null, orders });
const no = (reason: string): Verdict => ({ accepted: false, reason, orders: [] });

/** The key under which the answer to one set is kept: the same set again gets the same answer, and makes nothing. */
export interface SetKey {
  readonly key: string;
  readonly requestHash: string;
}

/** T1: a load is taken whole or not at all; what is asked again is answered again, and done once. */
export async function answerTender(
  parts: TenderParts,
  partner: Partner,
  tender: Tender,
  set: SetKey,
): Promise<Verdict> {
  const kept = await parts.network.reads.answer(partner.participant, set.key);
  if (kept?.requestHash === set.requestHash) return JSON.parse(kept.body) as Verdict;
  const wrong = formalReason(parts, partner, tender);
  if (wrong !== null) return no(wrong);
  const scope = scopeOf(partner);
  const standing = await ordersUnder(parts, scope, tender.load);
  switch (tender.purpose) {
    case "new":
      return standing.length > 0
        ? no(`load ${tender.load} is there already: change or replace it`)
        : place(parts, partner, tender, set);
    case "cancel":
      return cancel(parts, scope, standing, `cancelled by load tender ${tender.load}`);
    case "replace":
      return replace(parts, partner, tender, standing, set);
    case "change":
      return change(parts, scope, partner, tender, standing);
  }
}

export const scopeOf = ({ id, participant }: Partner): Scope => ({
  viewer: participant,
  by: `edi:${id}`,
  may: ["orders:read", "orders:write", "fleet:read", "fleet:write"],
});

/** T2: a carrier that is not us, or an answer that would come too late. */
function formalReason({ network }: TenderParts, { scac }: Partner, tender: Tender): string | null {
  if (tender.scac !== "" && tender.scac !== scac) return `it is for the carrier ${tender.scac}, and we are ${scac}`;
  const late = tender.respondBy !== null && tender.respondBy < network.clock.now();
  return late && tender.purpose !== "cancel" ? "the time to respond is over" : null;
}

/** The load's orders that are not cancelled. */
async function ordersUnder({ network }: TenderParts, scope: Scope, load: string): Promise<readonly Order[]> {
  const { rows } = await network.reads.orders(scope, { text: load, limit: 1000 });
  return rows.filter(
    ({ reference, state, shipper }) =>
      shipper === scope.viewer && reference !== null && loadOf(reference) === load && state !== "cancelled",
  );
}

async function place(parts: TenderParts, partner: Partner, tender: Tender, set: SetKey): Promise<Verdict> {
  const requests = ordersOf(tender, partner.places);
  if (!requests.ok) return no(requests.refusal.why);
  const scope = scopeOf(partner);
  const looked = await parts.network.orders.preview(scope, partner.participant, requests.value);
  const refused = looked.findIndex((one) => !one.ok);
  if (refused >= 0) return no(reasonOf(parts, requests.value[refused]!, looked[refused]!));

  const answer = (outcome: unknown) => ({ status: 200, body: JSON.stringify(verdictOf(outcome as Placed)) });
  const placed: Placed = await parts.network.orders.place(scope, partner.participant, requests.value, {
    keep: { ...set, answer },
  });
  const lost = placed.findIndex((one) => !one.ok);
  if (lost < 0) return verdictOf(placed);
  // Somebody took a reference in between: what went in comes out again, because half a load is no load.
  for (const one of placed)
    if (one.ok) await parts.network.orders.cancel(scope, one.value.id, "half a load is no load");
  return no(reasonOf(parts, requests.value[lost]!, placed[lost]!));
}

type Placed = Awaited<ReturnType<Network["orders"]["place"]>>;
/** Ids alone: it is kept outside the vault. */
const verdictOf = (placed: Placed): Verdict => yes(placed.flatMap((one) => (one.ok ? [one.value.id] : [])));

const reasonOf = (
  { explain }: TenderParts,
  { reference }: OrderRequest,
  answer: { readonly ok: boolean; readonly refusal?: IntakeRefusal },
): string => `${reference}: ${answer.refusal ? explain(answer.refusal) : "it cannot be taken"}`;

async function cancel(
  { network, explain }: TenderParts,
  scope: Scope,
  standing: readonly Order[],
  reason: string,
): Promise<Verdict> {
  if (standing.length === 0) return yes([]);
  const answers = await Promise.all(standing.map(({ id }) => network.orders.cancel(scope, id, reason)));
  const refused = answers.flatMap((answer, index) =>
    answer.ok ? [] : [`${standing[index]!.reference}: ${explain(answer.refusal)}`],
  );
  return refused.length === 0 ? yes(standing.map(({ id }) => id)) : no(refused.join(" "));
}

/** Looked at first without its references, which the load itself still holds: what could not be placed replaces nothing. */
async function replace(
  parts: TenderParts,
  partner: Partner,
  tender: Tender,
  standing: readonly Order[],
  set: SetKey,
): Promise<Verdict> {
  const requests = ordersOf(tender, partner.places);
  if (!requests.ok) return no(requests.refusal.why);
  const scope = scopeOf(partner);
  const nameless = requests.value.map((request) => ({ ...request, reference: null }));
  const looked = await parts.network.orders.preview(scope, partner.participant, nameless);
  const refused = looked.findIndex((one) => !one.ok);
  if (refused >= 0) return no(reasonOf(parts, requests.value[refused]!, looked[refused]!));
  const ended = await cancel(parts, scope, standing, `replaced by load tender ${tender.load}`);
  if (!ended.accepted) return ended;
  for (let tries = 0; tries < 200; tries++) {
    if ((await ordersUnder(parts, scope, tender.load)).length === 0) return place(parts, partner, tender, set);
    await pause(50); // a platform that carries one of them is asked first
  }
  return no("what it replaces is still being cancelled: send it again");
}

/** T3: windows, readiness, notes and phone may change until pickup; another place, or other stops, take a replacement. */
async function change(
  parts: TenderParts,
  scope: Scope,
  partner: Partner,
  tender: Tender,
  standing: readonly Order[],
): Promise<Verdict> {
  const requests = ordersOf(tender, partner.places);
  if (!requests.ok) return no(requests.refusal.why);
  const pairs = requests.value.map((request) => ({
    request,
    order: standing.find(({ reference }) => reference === request.reference),
  }));
  if (pairs.length !== standing.length || pairs.some(({ order }) => order === undefined))
    return no("it changes the stops: send it as a replacement (05)");
  const subjects = standing.flatMap(({ pickup, dropoff }) => [pickup.subject, dropoff.subject]);
  const contacts = await parts.network.vault.open(scope, "support", "contact", subjects);
  for (const { request, order } of pairs)
    if (
      moved(request.pickup.address, contacts.get(order!.pickup.subject)) ||
      moved(request.dropoff.address, contacts.get(order!.dropoff.subject))
    )
      return no(`${request.reference}: it changes an address: send it as a replacement (05)`);
  const refused: string[] = [];
  for (const { request, order } of pairs) {
    const answer = await parts.network.orders.change(scope, order!.id, null, changesOf(request));
    if (!answer.ok) refused.push(`${request.reference}: ${parts.explain(answer.refusal)}`);
  }
  return refused.length === 0 ? yes(standing.map(({ id }) => id)) : no(refused.join(" "));
}

const moved = (address: string | null, contact: Contact | undefined): boolean =>
  address !== null && contact !== undefined && contact.address !== address;

const changesOf = ({ readyAt, dropoffWindow, dropoff }: OrderRequest): OrderChanges => ({
  ...(readyAt === null ? {} : { readyAt }),
  dropoffWindow,
  ...(dropoff.notes === null ? {} : { dropoffNotes: dropoff.notes }),
  ...(dropoff.phone === null ? {} : { dropoffPhone: dropoff.phone }),
});
