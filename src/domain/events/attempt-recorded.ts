import type { Id, LegId, OrderId, SubjectId } from "../../kernel/id.ts";
import type { FailureReason, ProofRecord } from "../order.ts";

/** Somebody tried a pickup or a drop-off; the proof itself is in the vault. */
export interface AttemptRecorded {
  readonly type: "AttemptRecorded";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly attempt: Id<"attempt">;
  readonly kind: "pickup" | "dropoff";
  readonly succeeded: boolean;
  readonly reason: FailureReason | null;
  readonly proof: SubjectId | null;
  /** How it was handed over, for measures and disputes when the vault has forgotten the proof; missing in events older than the field. */
  readonly proofKind?: ProofRecord["kind"] | null;
}
