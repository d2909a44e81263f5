import type { Purpose, Secrets } from "../../commons/governance/ports.ts";
import {
  hasGoods,
  isCommitted,
  type Attempt,
  type Contact,
  type Leg,
  type LegEstimate,
  type Order,
  type Participant,
  type Place,
  type Posting,
  type Recorded,
  type Scope,
  type Standing,
  type TimeWindow,
} from "../../domain/index.ts";
import type { CourierId, LegId, ParticipantId, SubjectId } from "../../kernel/id.ts";
import type { Money } from "../../kernel/money.ts";
import { toIso, type Instant } from "../../kernel/quantity.ts";
import { cloudEventType, dataOf } from "../feeds/index.ts";
import type {
  AttemptView,
  EstimateView,
  LegView,
  ListedOrder,
  MoneyShape,
  Named,
  OrderView,
  PlaceView,
  PostingView,
  TimelineEntry,
  Window,
} from "./contract.ts";
import type { Api } from "./context.ts";

export type Directory = ReadonlyMap<ParticipantId, Participant>;

export const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));
export const moneyView = ({ amount, currency }: Money): MoneyShape => ({ amount, currency });
export const moneyOrNull = (money: Money | null): MoneyShape | null => (money === null ? null : moneyView(money));
export const windowView = ({ earliest, latest }: TimeWindow): Window => ({
  earliest: isoOrNull(earliest),
  latest: isoOrNull(latest),
});
export const named = (directory: Directory, id: ParticipantId): Named => ({ id, name: directory.get(id)?.name ?? id });

export const estimateView = (estimate: LegEstimate | null): EstimateView | null =>
  estimate && {
    pickup: isoOrNull(estimate.pickup),
    dropoff: isoOrNull(estimate.dropoff),
    early: isoOrNull(estimate.early),
    late: isoOrNull(estimate.late),
    madeAt: toIso(estimate.madeAt),
    source: estimate.source,
  };

/** Personal data that was opened for an answer; what is absent stays closed. */
export interface Opened {
  readonly contacts: ReadonlyMap<SubjectId, Contact>;
  readonly goods: ReadonlyMap<SubjectId, Secrets["goods"]>;
}
export const closed: Opened = { contacts: new Map(), goods: new Map() };

/** A shipper and the operator see whom an order is for; a carrier while it has promised to carry it and until it has handed it over. */
function seesPersons(scope: Scope, order: Order, legs: readonly Leg[]): boolean {
  if (scope.viewer === "network" || scope.viewer === order.shipper) return true;
  return legs.some(
    ({ state, assignment }) => assignment?.carrier === scope.viewer && (isCommitted(state) || hasGoods(state)),
  );
}

/**
 * Opens names, addresses and goods of `orders` that the scope may see. The vault belongs to the shipper, so a carrier that needs the
 * address of a leg it carries is let in on the shipper's behalf, under its own name in the trail of openings.
 */
export async function openPersons(
  api: Api,
  scope: Scope,
  orders: readonly Order[],
  legsOf: (order: Order) => readonly Leg[],
  why: Purpose = "support",
): Promise<Opened> {
  const visible = orders.filter((order) => seesPersons(scope, order, legsOf(order)));
  const contacts = new Map<SubjectId, Contact>();
  const goods = new Map<SubjectId, Secrets["goods"]>();
  for (const [shipper, group] of Map.groupBy(visible, (order) => order.shipper)) {
    const onBehalf: Scope = scope.viewer === "network" ? scope : { ...scope, viewer: shipper };
    const purpose = onBehalf.viewer === scope.viewer ? why : "carry";
    const [people, things] = await Promise.all([
      api.network.vault.open(
        onBehalf,
        purpose,
        "contact",
        group.flatMap((order) => [order.pickup.subject, order.dropoff.subject]),
      ),
      api.network.vault.open(
        onBehalf,
        purpose,
        "goods",
        group.map((order) => order.goods),
      ),
    ]);
    for (const [subject, contact] of people) contacts.set(subject, contact);
    for (const [subject, thing] of things) goods.set(subject, thing);
  }
  return { contacts, goods };
}

const contactView = ({ name, phone, email, address, notes }: Contact) => ({ name, phone, email, address, notes });

function placeView(place: Place, opened: Opened): PlaceView {
  const contact = opened.contacts.get(place.subject);
  return {
    point: contact ? [contact.point[0], contact.point[1]] : null,
    cell: place.cell,
    zone: place.zone,
    jurisdiction: place.jurisdiction,
    contact: contact ? contactView(contact) : null,
  };
}

/** What of an order's view comes from the vault. */
export function personal(order: Order, opened: Opened): Pick<OrderView, "pickup" | "dropoff" | "goods"> {
  const goods = opened.goods.get(order.goods);
  return {
    pickup: placeView(order.pickup, opened),
    dropoff: placeView(order.dropoff, opened),
    goods: goods ? { contents: [...goods.contents], value: moneyOrNull(goods.value) } : null,
  };
}

export function orderView(scope: Scope, directory: Directory, order: Order, opened: Opened): OrderView {
  const own = scope.viewer === "network" || scope.viewer === order.shipper;
  return {
    id: order.id,
    shipper: named(directory, order.shipper),
    reference: own ? order.reference : null,
    state: order.state,
    placedAt: toIso(order.placedAt),
    acceptedAt: isoOrNull(order.acceptedAt),
    closedAt: isoOrNull(order.closedAt),
    ...personal(order, opened),
    pickupWindow: windowView(order.pickupWindow),
    dropoffWindow: windowView(order.dropoffWindow),
    originalDropoffWindow: windowView(order.originalDropoffWindow),
    readyAt: toIso(order.readyAt),
    requirements: [...order.requirements],
    serviceLevel: order.serviceLevel,
    ifUndeliverable: order.ifUndeliverable,
    parcels: order.parcels.map((parcel) => ({
      id: parcel.id,
      weightGrams: parcel.weight,
      volumeLiters: parcel.volume,
      state: parcel.state,
      holder: {
        kind: parcel.holder.kind,
        participant: parcel.holder.kind === "recipient" ? null : named(directory, parcel.holder.participant),
      },
    })),
    legs: [...order.legs],
    price: own ? moneyOrNull(order.price) : null,
    version: order.version,
    importedBy: own ? order.importedBy : null,
  };
}

/** An order of a list. The store has already left out what the viewer does not see. */
export const listedOrder = (
  order: OrderView,
  directory: Directory,
  standing: Standing | undefined,
  couriers: ReadonlyMap<CourierId, string>,
): ListedOrder => ({
  ...order,
  standing: standing === undefined ? null : standingView(directory, standing, couriers),
});

function standingView(
  directory: Directory,
  { id, kind, assignment, estimate }: Standing,
  couriers: ReadonlyMap<CourierId, string>,
): ListedOrder["standing"] {
  const courier = assignment?.courier ?? null;
  return {
    leg: id,
    kind,
    carrier: assignment && named(directory, assignment.carrier),
    courier,
    courierName: (courier && couriers.get(courier)) ?? null,
    estimate: estimateView(estimate),
  };
}

/** A carrier sees who carries its own legs, and nobody else's terms. */
export function legView(
  scope: Scope,
  directory: Directory,
  leg: Leg,
  opened: Opened,
  couriers: ReadonlyMap<CourierId, string>,
): LegView {
  const { assignment } = leg;
  const sees =
    assignment && (scope.viewer === "network" || scope.viewer === leg.shipper || scope.viewer === assignment.carrier);
  return {
    id: leg.id,
    order: leg.order,
    kind: leg.kind,
    state: leg.state,
    parcels: [...leg.parcels],
    from: placeView(leg.from, opened),
    to: placeView(leg.to, opened),
    pickupWindow: windowView(leg.pickupWindow),
    dropoffWindow: windowView(leg.dropoffWindow),
    readyAt: toIso(leg.readyAt),
    dueAt: toIso(leg.dueAt),
    round: leg.round,
    assignment: sees
      ? {
          carrier: named(directory, assignment.carrier),
          courier: assignment.courier,
          courierName: (assignment.courier && couriers.get(assignment.courier)) ?? null,
          price: moneyView(assignment.price),
          reference: assignment.reference,
          at: toIso(assignment.at),
        }
      : null,
    estimate: estimateView(leg.estimate),
    pickedUpAt: isoOrNull(leg.pickedUpAt),
    handedOverAt: isoOrNull(leg.handedOverAt),
  };
}

export const timelineEntry = (scope: Scope, recorded: Recorded): TimelineEntry => ({
  id: recorded.id,
  at: toIso(recorded.at),
  order: recorded.order,
  sequence: recorded.sequence,
  type: cloudEventType(recorded.event),
  name: recorded.event.type,
  data: dataOf(scope, recorded.event),
});

export const attemptView = (attempt: Attempt, proof: Secrets["proof"] | null): AttemptView => ({
  id: attempt.id,
  leg: attempt.leg,
  kind: attempt.kind,
  at: toIso(attempt.at),
  succeeded: attempt.succeeded,
  reason: attempt.reason,
  proofKind: attempt.proofKind ?? null,
  proof: proof && { kind: proof.kind, value: proof.value, at: toIso(proof.at) },
});

export const postingView = (directory: Directory, posting: Posting): PostingView => ({
  id: posting.id,
  entry: posting.entry,
  participant: named(directory, posting.participant),
  account: posting.account,
  amount: moneyView(posting.amount),
  at: toIso(posting.at),
  text: posting.text,
});

/** The legs of an order that the viewer carries or carried. */
export const carriedBy = (scope: Scope, legs: readonly Leg[]): ReadonlySet<LegId> =>
  new Set(legs.filter(({ assignment }) => assignment?.carrier === scope.viewer).map(({ id }) => id));
