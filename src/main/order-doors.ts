import { setImmediate as turn } from "node:timers/promises";
import { journeyScope, orderIsClosed, sees, type Order, type Reads, type Scope, type Step } from "../domain/index.ts";
import type { Keep, Network, PriceAnswer } from "../doors/network.ts";
import {
  askOutside,
  cancelOrder,
  changeOrder,
  dialled,
  placeOrder,
  prepare,
  type ChangeRefusal,
  type IntakePorts,
  type IntakeRefusal,
  type Prepared,
} from "../journey/intake/index.ts";
import { priceOf, shipperTariff } from "../commons/pricing/index.ts";
import { unreachable } from "../domain/index.ts";
import type { OrderId, ParticipantId } from "../kernel/id.ts";
import { greatCircle } from "../kernel/point.ts";
import { after, meters, minutes, seconds } from "../kernel/quantity.ts";
import { ok, refuse, type Result } from "../kernel/result.ts";
import type { DoorParts } from "./fleet-doors.ts";
import type { Outcome } from "./engine.ts";
import type { Vault } from "../commons/governance/ports.ts";

export interface OrderParts extends DoorParts {
  readonly intake: IntakePorts;
  readonly reads: Reads;
  readonly vault: Vault;
}

type Placed = readonly Result<Order, IntakeRefusal>[];
type Changed = Result<Order, ChangeRefusal>;

/** What shippers do. */
export function orderDoors(parts: OrderParts): Network["orders"] {
  const { engine } = parts;
  return {
    preview: previewing(parts),
    place: placing(parts),
    change: changing(parts),
    cancel: async (scope, id, reason) =>
      (await closedOrStranger(parts, scope, id)) ??
      engine.do<Changed>((step) => toChanged(cancelOrder(id, reason, step))),
    forget: forgetting(parts),
  };
}

/** So many orders share a step: about ten milliseconds of work, after which others get their turn. */
const together = 16;

/** Slices of a long list; whoever else waits for the thread gets in between. */
async function* inSlices<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += together) {
    if (from > 0) await turn();
    yield rows.slice(from, from + together);
  }
}

/** Several orders go in by slices, each a step of its own, unless one kept answer is for all of them. */
const placing =
  (parts: OrderParts): Network["orders"]["place"] =>
  async (scope, shipper, requests, { importedBy = null, keep } = {}) => {
    if (!sees(scope, shipper)) return requests.map(() => refuse({ code: "NOT_A_SHIPPER", participant: shipper }));
    const place = (prepared: readonly Result<Prepared, IntakeRefusal>[]): Promise<Placed> =>
      parts.engine.do((step) => placeAll(prepared, shipper, keep, step));
    const now = parts.scheduler.now();
    const prepared: Result<Prepared, IntakeRefusal>[] = [];
    const placed: Result<Order, IntakeRefusal>[] = [];
    for await (const slice of inSlices(requests)) {
      const outside = await askOutside(slice, parts.intake.places, parts.intake.geocoder);
      const ready = slice.map((request) =>
        prepare(request, shipper, importedBy, now, parts.rng, parts.intake, outside),
      );
      const taken = await Promise.all(ready.map((one) => referenceTaken(one, parts.reads)));
      const able = ready.map((one, i) => taken[i] ?? one);
      if (keep) prepared.push(...able);
      else placed.push(...(await place(able)));
    }
    return keep ? place(prepared) : placed;
  };

/** The hot state knows the references of living orders; those of settled ones are asked from the store. */
async function referenceTaken(
  prepared: Result<Prepared, IntakeRefusal>,
  reads: Reads,
): Promise<Result<never, IntakeRefusal> | null> {
  if (!prepared.ok || prepared.value.order.reference === null) return null;
  const { reference, shipper } = prepared.value.order;
  const twin = await reads.holderOf(shipper, reference);
  return twin === null ? null : refuse({ code: "REFERENCE_TAKEN", field: "reference", order: twin });
}

function placeAll(
  prepared: readonly Result<Prepared, IntakeRefusal>[],
  shipper: ParticipantId,
  keep: Keep | undefined,
  step: Step,
): Outcome<Placed> {
  const answers = prepared.map((one) => (one.ok ? placeOrder(one.value, step) : one));
  const value: Placed = answers.map((answer) => (answer.ok ? ok(answer.value.order) : answer));
  return {
    value,
    happened: answers.flatMap((answer) => (answer.ok ? answer.value.happened : [])),
    sealed: prepared.flatMap((one, i) => (one.ok && answers[i]!.ok ? one.value.sealed : [])),
    // What was refused as a whole has done nothing: the same request may be sent again under its key, mended or not.
    answers:
      keep && value.some(({ ok: taken }) => taken)
        ? [{ participant: shipper, key: keep.key, requestHash: keep.requestHash, ...keep.answer(value), at: step.now }]
        : [],
    later: true,
  };
}

/** Says what placing would say: a reference that is taken counts here, too, and so does one that is named twice. */
const previewing =
  ({ scheduler, rng, intake, reads }: OrderParts): Network["orders"]["preview"] =>
  async (_scope, shipper, requests) => {
    const now = scheduler.now();
    const named = new Set<string>();
    const answers: Result<PriceAnswer, IntakeRefusal>[] = [];
    for await (const slice of inSlices(requests)) {
      const outside = await askOutside(slice, intake.places, intake.geocoder);
      const ready = slice.map((request) => prepare(request, shipper, null, now, rng, intake, outside));
      const taken = await Promise.all(ready.map((one) => referenceTaken(one, reads)));
      for (const [i, one] of ready.entries()) {
        const no = taken[i] ?? namedBefore(one, named);
        answers.push(no ?? (one.ok ? ok(await priced(one.value.order, intake)) : one));
      }
    }
    return answers;
  };

function namedBefore(
  prepared: Result<Prepared, IntakeRefusal>,
  named: Set<string>,
): Result<never, IntakeRefusal> | null {
  const reference = prepared.ok ? prepared.value.order.reference : null;
  if (reference === null) return null;
  if (named.has(reference)) return refuse({ code: "REFERENCE_TAKEN", field: "reference", order: null });
  named.add(reference);
  return null;
}

/** Somebody needs about this long to be at the pickup. */
const approach = minutes(12);

async function priced({ pickup, dropoff, readyAt }: Order, { travel, city }: IntakePorts): Promise<PriceAnswer> {
  const way = await travel.matrix([pickup.point], [dropoff.point], "car");
  const reached = way.meters[0] !== unreachable;
  const distance = reached ? meters(way.meters[0]!) : greatCircle(pickup.point, dropoff.point);
  const pickupAt = after(readyAt, approach);
  return {
    price: priceOf(shipperTariff, distance, city.currency),
    pickupAt,
    dropoffAt: reached ? after(pickupAt, seconds(way.seconds[0]! + minutes(5))) : null,
    distance_m: distance,
    source: reached ? way.source : "great_circle",
  };
}

const changing =
  (parts: OrderParts): Network["orders"]["change"] =>
  async (scope, id, version, changes) => {
    const no = await closedOrStranger(parts, scope, id);
    if (no) return no;
    const { dropoffNotes, dropoffPhone } = changes;
    const contact = dropoffNotes !== undefined || dropoffPhone !== undefined ? await contactOf(parts, id) : null;
    return parts.engine.do<Changed>((step) => {
      const outcome = toChanged(changeOrder(id, version, changes, step));
      if (!outcome.value.ok || !contact) return outcome;
      const { subject } = outcome.value.value.dropoff;
      const { shipper } = outcome.value.value;
      const content = {
        ...contact,
        notes: dropoffNotes === undefined ? contact.notes : dropoffNotes,
        phone: dropoffPhone === undefined ? contact.phone : dropoffPhone && dialled(dropoffPhone),
      };
      return { ...outcome, sealed: [parts.vault.seal("contact", subject, shipper, content, step.now)] };
    });
  };

async function contactOf({ hot, vault }: OrderParts, id: OrderId) {
  const subject = hot.get("order", id)?.dropoff.subject;
  return subject ? ((await vault.open(journeyScope, "support", "contact", [subject])).get(subject) ?? null) : null;
}

function toChanged(answer: ReturnType<typeof cancelOrder>): Outcome<Changed> {
  if (!answer.ok) return { value: answer };
  const { order, happened } = answer.value;
  return { value: ok(order), happened, read: (state) => ok(state.must("order", order.id)) };
}

/** A settled order is in the store alone, and nobody's to change; somebody else's is not there at all. */
async function closedOrStranger({ hot, reads }: OrderParts, scope: Scope, id: OrderId): Promise<Changed | null> {
  const living = hot.get("order", id);
  const order = living ?? (await reads.order(scope, id));
  if (!order || !sees(scope, order.shipper)) return refuse({ code: "ORDER_NOT_FOUND" });
  return living ? null : refuse({ code: "ORDER_IS_CLOSED", state: order.state });
}

/** Only of closed orders: a courier must still find the door. */
const forgetting =
  ({ reads, vault }: OrderParts): Network["orders"]["forget"] =>
  async (scope, id) => {
    const order = await reads.order(scope, id);
    if (!order || !sees(scope, order.shipper)) return refuse({ code: "ORDER_NOT_FOUND" });
    if (!orderIsClosed(order.state)) return refuse({ code: "ORDER_STILL_OPEN", state: order.state });
    for (const subject of [order.pickup.subject, order.dropoff.subject, order.goods])
      await vault.forget(scope, subject);
    return ok(order);
  };
