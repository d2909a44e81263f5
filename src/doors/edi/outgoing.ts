import type { Contact, FailureReason, Goods, Leg, LegState, Order, Scope, Sealed } from "../../domain/index.ts";
import type { LegId, OrderId, SubjectId } from "../../kernel/id.ts";
import { money } from "../../kernel/money.ts";
import { grams, liters, type Instant } from "../../kernel/quantity.ts";
import { mayReadEvent } from "../feeds/index.ts";
import type { Network } from "../network.ts";
import { loadOfLeg } from "./carriers.ts";
import { codesWith, edifactCodes, x12Codes } from "./codes.ts";
import { compose as composeEdifact } from "./edifact/compose.ts";
import { writeIftmin } from "./edifact/iftmin.ts";
import { writeIftsta } from "./edifact/iftsta.ts";
import { writeInvoic } from "./edifact/invoic.ts";
import type { Invoice, Party, Status, StatusWord, Tender } from "./messages.ts";
import type { Body } from "./opened.ts";
import { loadOf } from "./orders-of.ts";
import type { Partner } from "./partners.ts";
import { scopeOf } from "./tenders.ts";
import type { Interchange } from "./wire/interchange.ts";
import { compose as composeX12, type SetBody } from "./x12/compose.ts";
import { writeInvoice } from "./x12/invoice-210.ts";
import { writeStatus } from "./x12/status-214.ts";
import { writeTender } from "./x12/tender-204.ts";

export type TellParts = { readonly network: Pick<Network, "reads" | "vault"> };

/** O1: what an event tells a partner: statuses and the invoice to a shipper, the tender and its end to a carrier. Most events tell nothing. */
export async function tell(parts: TellParts, partner: Partner, sealed: Sealed): Promise<readonly Body[]> {
  const scope = scopeOf(partner);
  const leg = "leg" in sealed.event ? await parts.network.reads.leg(scope, sealed.event.leg) : null;
  if (!mayReadEvent(scope, sealed, new Set<LegId>(leg ? [leg.id] : []))) return [];
  return partner.role === "shipper"
    ? tellShipper(parts, partner, scope, sealed, leg)
    : tellCarrier(parts, partner, scope, sealed);
}

/** An interchange of the partner's standard. */
export const composeFor = (
  { syntax, line }: Partner,
  control: number,
  now: Instant,
  bodies: readonly Body[],
): Interchange =>
  syntax === "x12"
    ? composeX12(line, control, now, bodies as readonly SetBody[])
    : composeEdifact(line, control, now, bodies);

async function tellShipper(
  { network }: TellParts,
  partner: Partner,
  scope: Scope,
  { event, order: id, at }: Sealed,
  leg: Leg | null,
): Promise<readonly Body[]> {
  const order = await network.reads.order(scope, id);
  // Orders without a reference came another way: the partner could not tell which they are.
  if (!order || order.shipper !== partner.participant || order.reference === null) return [];
  if (event.type === "JourneySettled") {
    const invoice = await invoiceOf(network, partner, scope, order, at);
    return invoice ? [writeBill(partner, invoice)] : [];
  }
  const word = wordFor(event, leg);
  const code = word && codesWith(partner.syntax === "x12" ? x12Codes : edifactCodes, partner.codes).write[word];
  if (!word || !code) return [];
  const reason = partner.syntax === "x12" ? await reasonFor(network, scope, id, word, leg) : "";
  const status: Status = {
    ...{ load: loadOf(order.reference), pro: proOf(id), scac: partner.scac, reference: order.reference },
    ...{ word, code, reason, at, point: null },
  };
  return [partner.syntax === "x12" ? writeStatus(status, partner.line.zone) : writeIftsta(status, partner.line.zone)];
}

const writeBill = ({ syntax, line }: Partner, invoice: Invoice): Body =>
  syntax === "x12" ? writeInvoice(invoice, line.zone) : writeInvoic(invoice, line.zone);

/** Our own number of an order in the messages: its id without the kind, in capitals. */
const proOf = (order: OrderId): string => order.slice("order_".length).toUpperCase();

const isWord = (state: LegState): state is LegState & StatusWord =>
  state !== "open" && state !== "offered" && state !== "cancelled" && state !== "assigned";

function wordFor(event: Sealed["event"], leg: Leg | null): StatusWord | null {
  switch (event.type) {
    case "OrderAccepted":
      return "accepted";
    case "LegAssigned":
      return leg?.kind === "return" ? null : "assigned";
    case "LegProgressed":
      if (leg?.kind === "return") return event.to === "handed_over" ? "returned" : null;
      return isWord(event.to) ? event.to : null;
    case "OrderClosed":
      return event.state === "cancelled" ? "cancelled" : null;
    case "DisruptionRaised":
      return event.kind === "late" ? "late" : null;
    default:
      return null;
  }
}

/** Reasons of element 1651; EDIFACT's are left out, because partners agree on their own. */
const reasonCodes: Readonly<Record<FailureReason, string>> = {
  not_ready: "AM",
  closed: "B1",
  nobody_home: "AQ",
  wrong_address: "A2",
  no_access: "AG",
  refused_by_recipient: "BS",
  age_check_failed: "AG",
  damaged: "AG",
  other: "AG",
};

async function reasonFor(
  { reads }: TellParts["network"],
  scope: Scope,
  order: OrderId,
  word: StatusWord,
  leg: Leg | null,
): Promise<string> {
  if (!word.endsWith("_failed")) return "NS";
  const attempts = await reads.attempts(scope, order);
  const last = attempts.findLast((one) => one.leg === leg?.id && !one.succeeded);
  return reasonCodes[last?.reason ?? "other"];
}

/** What the shipper owes for the order, as it was booked; null where that is nothing. */
async function invoiceOf(
  { reads }: TellParts["network"],
  partner: Partner,
  scope: Scope,
  order: Order,
  at: Instant,
): Promise<Invoice | null> {
  const postings = await reads.postings(scope, order.id);
  const owed = postings.filter(({ account, participant }) => account === "payable" && participant === order.shipper);
  const first = owed[0];
  if (!first) return null;
  const amount = money(-owed.reduce((sum, one) => sum + one.amount.amount, 0), first.amount.currency);
  if (amount.amount === 0) return null;
  return {
    // Element 76 holds 22 characters: the last of the id, which are its chance.
    number: proOf(order.id).slice(-20),
    ...{ load: loadOf(order.reference!), pro: proOf(order.id), scac: partner.scac, amount, issuedAt: at },
    deliveredAt: order.closedAt,
    lines: [{ text: `DELIVERY ${order.reference}`.slice(0, 50), amount, code: "400" }],
  };
}

async function tellCarrier(
  { network }: TellParts,
  partner: Partner,
  scope: Scope,
  { event, order: id }: Sealed,
): Promise<readonly Body[]> {
  const purpose =
    event.type === "LegOffered"
      ? "new"
      : event.type === "LegAssigned"
        ? "change"
        : event.type === "LegCancelled"
          ? "cancel"
          : null;
  if (purpose === null || !("leg" in event)) return [];
  // Who is only asked sees the order through the network's eyes, and no more of it than the tender says.
  const everyone: Scope = { ...scope, viewer: "network" };
  const [order, leg] = [await network.reads.order(everyone, id), await network.reads.leg(everyone, event.leg)];
  if (!order || !leg || leg.kind === "return") return [];
  const opened = await persons(network, scope, order, leg);
  const tender: Tender = {
    ...{ load: loadOfLeg(leg.id), scac: partner.scac, purpose },
    respondBy: event.type === "LegOffered" ? event.expiresAt : null,
    references: [],
    stops: purpose === "cancel" ? [] : stopsOf(order, leg, opened, purpose === "change"),
  };
  return [partner.syntax === "x12" ? writeTender(tender, partner.line.zone) : writeIftmin(tender, partner.line.zone)];
}

interface Persons {
  readonly contacts: ReadonlyMap<SubjectId, Contact>;
  readonly goods: Goods | undefined;
}

/** Opened on the shipper's behalf, under the partner's name in the trail of openings. */
async function persons({ vault }: TellParts["network"], scope: Scope, order: Order, leg: Leg): Promise<Persons> {
  const onBehalf: Scope = { ...scope, viewer: order.shipper };
  const contacts = await vault.open(onBehalf, "carry", "contact", [leg.from.subject, leg.to.subject]);
  const goods = await vault.open(onBehalf, "carry", "goods", [order.goods]);
  return { contacts, goods: goods.get(order.goods) };
}

/** O2: whoever is asked learns where; whoever carries learns whom, too. */
function stopsOf(order: Order, leg: Leg, { contacts, goods }: Persons, isCarrying: boolean): Tender["stops"] {
  const party = (subject: SubjectId, otherwise: string): Party => {
    const contact = contacts.get(subject);
    return {
      name: (isCarrying ? contact?.name : null) ?? otherwise,
      code: null,
      address: contact?.address ?? null,
      phone: isCarrying ? (contact?.phone ?? null) : null,
      point: null,
    };
  };
  const notes = (subject: SubjectId): string | null => (isCarrying ? (contacts.get(subject)?.notes ?? null) : null);
  const carried = order.parcels.filter(({ id }) => leg.parcels.includes(id));
  const nothing = { references: [], weight: null, volume: null, quantity: null, contents: null };
  const contents = goods?.contents.find((one) => one !== "") ?? null;
  return [
    {
      number: 1,
      kind: "pickup",
      party: party(leg.from.subject, "PICKUP"),
      window: leg.pickupWindow,
      ...nothing,
      notes: notes(leg.from.subject),
    },
    {
      ...{
        number: 2,
        kind: "dropoff",
        party: party(leg.to.subject, "RECIPIENT"),
        window: leg.dropoffWindow,
        ...nothing,
      },
      weight: grams(carried.reduce((sum, { weight }) => sum + weight, 0)),
      volume: liters(carried.reduce((sum, { volume }) => sum + volume, 0)),
      quantity: carried.length,
      contents: isCarrying ? contents : null,
      notes: notes(leg.to.subject),
    },
  ];
}
