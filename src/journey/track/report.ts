import { legSuccessors, type Happened, type Leg, type Scope, type Step } from "../../domain/index.ts";
import type { LegId } from "../../kernel/id.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import { advance } from "./advance.ts";
import type { CourierReport, ReportRefusal } from "./carrier-report.ts";
import { bringBack } from "./return-leg.ts";

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

  const happened = isGoingBack(leg, step) ? null : advance(id, said.to, said, step);
  if (happened === null) {
    return refuse({ code: "ILLEGAL_TRANSITION", from: leg.state, to: said.to, allowed: legSuccessors(leg.state) });
  }
  const further = said.to === "dropoff_failed" ? bringBack(step.state.must("leg", id), said, step) : [];
  return ok({ leg: step.state.must("leg", id), happened: [...happened, ...further] });
}

/** Once a return leg has the goods, the leg that failed does not move them any more. */
const isGoingBack = (leg: Leg, { state }: Step): boolean =>
  leg.state === "dropoff_failed" &&
  leg.kind === "delivery" &&
  state.legsOf(leg.order).some(({ kind }) => kind === "return");
