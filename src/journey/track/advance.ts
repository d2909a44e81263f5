import {
  legIsOver,
  legMayBecome,
  type Attempt,
  type FailureReason,
  type Happened,
  type Holder,
  type Leg,
  type LegState,
  type Order,
  type Parcel,
  type ParcelState,
  type ProofRecord,
  type Step,
} from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { Instant } from "../../kernel/quantity.ts";

/** What goes with a step of a leg. */
export interface Facts {
  readonly at: Instant;
  readonly reason: FailureReason | null;
  readonly proof: ProofRecord | null;
}

/**
 * T1: takes a leg to a later state, through what the carrier forgot to report: the pickup, because custody changes hands there, or the
 * new try after a failed drop-off. Null when the state machine has no way: an old or impossible message, for the caller to refuse or
 * pass over.
 */
export function advance(id: Leg["id"], to: LegState, facts: Facts, step: Step): readonly Happened[] | null {
  const leg = step.state.must("leg", id);
  if (legMayBecome(leg.state, to)) return enter(leg, to, facts, step);
  const forgotten = unreported.find((state) => legMayBecome(leg.state, state) && legMayBecome(state, to));
  if (!forgotten) return null;
  const first = enter(leg, forgotten, { ...facts, proof: null, reason: null }, step);
  return [...first, ...enter(step.state.must("leg", id), to, facts, step)];
}

const unreported = ["picked_up", "en_route_to_dropoff"] as const;

function enter(leg: Leg, to: LegState, facts: Facts, step: Step): readonly Happened[] {
  const moved: Leg = {
    ...leg,
    state: to,
    pickedUpAt: to === "picked_up" ? facts.at : leg.pickedUpAt,
    handedOverAt: to === "handed_over" ? facts.at : leg.handedOverAt,
  };
  step.state.put("leg", moved);
  if (legIsOver(to)) step.state.drop("timer", `late/${leg.id}`);
  return [
    { type: "LegProgressed", order: leg.order, leg: leg.id, from: leg.state, to },
    ...attempt(moved, facts, step),
    ...custody(moved, step),
  ];
}

/** T2: each try at a pickup or a drop-off leaves a record, with its reason or proof. */
function attempt(leg: Leg, { at, reason, proof }: Facts, step: Step): readonly Happened[] {
  const kind = leg.state === "picked_up" || leg.state === "pickup_failed" ? "pickup" : "dropoff";
  const succeeded = leg.state === "picked_up" || leg.state === "handed_over";
  if (!succeeded && leg.state !== "pickup_failed" && leg.state !== "dropoff_failed") return [];
  const row: Attempt = {
    id: step.id("attempt"),
    leg: leg.id,
    order: leg.order,
    kind,
    at,
    succeeded,
    reason: succeeded ? null : (reason ?? "other"),
    proof: proof?.id ?? null,
    proofKind: proof?.kind ?? null,
  };
  step.state.put("attempt", row);
  return [
    {
      type: "AttemptRecorded",
      order: leg.order,
      leg: leg.id,
      attempt: row.id,
      kind,
      succeeded,
      reason: row.reason,
      proof: row.proof,
      proofKind: row.proofKind ?? null,
    },
  ];
}

/** T3: parcels change hands at pickup and at hand-over, and nowhere else. */
function custody(leg: Leg, step: Step): readonly Happened[] {
  if (leg.state === "picked_up") {
    invariant(leg.assignment, "nobody picks up a leg that is not assigned");
    return moveParcels(leg, "in_custody", { kind: "carrier", participant: leg.assignment.carrier }, step);
  }
  if (leg.state !== "handed_over") return [];
  return leg.kind === "return"
    ? moveParcels(leg, "returned", { kind: "shipper", participant: leg.shipper }, step)
    : moveParcels(leg, "delivered", { kind: "recipient" }, step);
}

/** Moves all parcels of a leg that are not there yet. */
export function moveParcels(leg: Leg, to: ParcelState, holder: Holder, { state }: Step): readonly Happened[] {
  const order: Order = state.must("order", leg.order);
  const moving = (parcel: Parcel): boolean => leg.parcels.includes(parcel.id) && parcel.state !== to;
  state.put("order", {
    ...order,
    parcels: order.parcels.map((parcel) => (moving(parcel) ? { ...parcel, state: to, holder } : parcel)),
  });
  return order.parcels.filter(moving).map((parcel) => ({
    type: "ParcelMoved",
    order: order.id,
    parcel: parcel.id,
    from: parcel.state,
    to,
    holder,
  }));
}
