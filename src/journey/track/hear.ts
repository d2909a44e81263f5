import {
  beforePickup,
  hasGoods,
  type DeliveryReport,
  type Happened,
  type Leg,
  type ProofRecord,
  type Step,
} from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import { advance, moveParcels, type Facts } from "./advance.ts";

/**
 * T6: what a platform says of a delivery, by webhook or when asked. Repeats, old news and messages out of order change nothing: the state
 * machine has no way back. A cancellation before pickup gives the leg back, later ones are a failed drop-off.
 */
export function hear(
  carrier: ParticipantId,
  heard: DeliveryReport,
  proof: ProofRecord | null,
  step: Step,
): readonly Happened[] {
  const leg = step.state.legByReference(carrier, heard.reference);
  if (!leg) return [];
  estimate(leg, heard, step);
  const facts: Facts = { at: heard.at, reason: heard.reason, proof };
  if (heard.returned) return returned(leg, facts, step);
  if (heard.returning || heard.state === "dropoff_failed") return failed(leg, facts, step);
  if (heard.state === "cancelled") return cancelled(leg, carrier, facts, step);
  if (heard.state === null) return [];
  return advance(leg.id, heard.state, facts, step) ?? [];
}

/** The carrier's own estimate replaces an older one. */
function estimate(leg: Leg, { pickupAt, dropoffAt, at }: DeliveryReport, { state }: Step): void {
  if (pickupAt === null && dropoffAt === null) return;
  const { pickup, dropoff } = leg.estimate ?? { pickup: null, dropoff: null };
  state.put("leg", {
    ...leg,
    estimate: {
      pickup: pickupAt ?? pickup,
      dropoff: dropoffAt ?? dropoff,
      early: null,
      late: null,
      madeAt: at,
      source: "carrier",
    },
  });
}

function cancelled(leg: Leg, carrier: ParticipantId, facts: Facts, step: Step): readonly Happened[] {
  const { order, id } = leg;
  if (beforePickup(leg.state))
    return [{ type: "CarrierCancelled", order, leg: id, carrier, reason: facts.reason ?? "not said" }];
  return hasGoods(leg.state) ? failed(leg, facts, step) : [];
}

/** Said again, it is the same try: a new one shows by another word between. */
function failed(leg: Leg, facts: Facts, step: Step): readonly Happened[] {
  if (leg.state === "dropoff_failed") return [];
  const happened = advance(leg.id, "dropoff_failed", facts, step);
  if (happened === null) return [];
  return [
    ...happened,
    {
      type: "DisruptionRaised",
      order: leg.order,
      leg: leg.id,
      kind: "failed_dropoff",
      detail: facts.reason ?? "not said",
    },
  ];
}

/** The platform has brought the goods back to the shipper by itself. */
function returned(leg: Leg, facts: Facts, step: Step): readonly Happened[] {
  const before = leg.state === "dropoff_failed" ? [] : failed(leg, facts, step);
  // Delivered already, or never fetched: there is nothing to bring back.
  if (leg.state !== "dropoff_failed" && before.length === 0) return [];
  return [...before, ...moveParcels(leg, "returned", { kind: "shipper", participant: leg.shipper }, step)];
}
