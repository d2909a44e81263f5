import { legSuccessors, mayBeLeft, type Happened, type Leg, type Scope, type Step } from "../../domain/index.ts";
import type { LegId } from "../../kernel/id.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import { advance } from "./advance.ts";
import type { CourierReport, ReportRefusal } from "./carrier-report.ts";
import { bringBack, failedDropoff } from "./return-leg.ts";

/** T4: what an own or partner courier says of a leg. Handing over needs a proof, failing needs a reason. */
export function report(
  id: LegId,
  said: CourierReport,
  scope: Scope,
  step: Step,
): Result<{ leg: Leg; happened: readonly Happened[] }, ReportRefusal> {
  const leg = step.state.get("leg", id);
  if (!leg?.assignment) return refuse({ code: "LEG_NOT_FOUND" });
  if (scope.viewer !== "network" && scope.viewer !== leg.assignment.carrier) return refuse({ code: "NOT_YOUR_LEG" });
  if (said.to === "handed_over" && said.proof === null) return refuse({ code: "PROOF_MISSING" });
  if ((said.to === "pickup_failed" || said.to === "dropoff_failed") && said.reason === null)
    return refuse({ code: "REASON_MISSING" });
  const isLeft = said.proof?.kind === "safe_place";
  if (isLeft && !leavable(leg, step)) return refuse({ code: "NOT_TO_BE_LEFT", why: "not_agreed" });
  if (isLeft && leg.state !== "dropoff_failed") return refuse({ code: "NOT_TO_BE_LEFT", why: "not_tried" });

  const happened = isGoingBack(leg, step) ? null : advance(id, said.to, said, step);
  if (happened === null) {
    return refuse({ code: "ILLEGAL_TRANSITION", from: leg.state, to: said.to, allowed: legSuccessors(leg.state) });
  }
  const further = said.to === "dropoff_failed" ? afterFailure(leg, said, step) : [];
  return ok({ leg: step.state.must("leg", id), happened: [...happened, ...further] });
}

/** T10: what may be left in a safe place is left after the first failed try that allows it; all else goes back. */
function afterFailure(before: Leg, said: CourierReport, step: Step): readonly Happened[] {
  const leg = step.state.must("leg", before.id);
  const left = before.state !== "dropoff_failed" && nobodyTookIt.includes(said.reason) && leavable(leg, step);
  return left ? [failedDropoff(leg, said.reason)] : bringBack(leg, said, step);
}

/** The goods are welcome and at the right door: only nobody opened it. */
const nobodyTookIt: readonly CourierReport["reason"][] = ["nobody_home", "no_access", "closed"];

const leavable = (leg: Leg, { state }: Step): boolean =>
  leg.kind === "delivery" && mayBeLeft(state.must("order", leg.order));

/** Once a return leg has the goods, the leg that failed does not move them any more. */
const isGoingBack = (leg: Leg, { state }: Step): boolean =>
  leg.state === "dropoff_failed" &&
  leg.kind === "delivery" &&
  state.legsOf(leg.order).some(({ kind }) => kind === "return");
