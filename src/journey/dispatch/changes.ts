import { beforePickup, type Handler, type OrderEdited, type UpdateAnswered } from "../../domain/index.ts";
import { requestUpdate } from "./commit.ts";

/** D18: who has booked a leg is told what was changed of it, and who is being asked to book it, once it has. */
export const tell: Handler<OrderEdited> = ({ order, fields }, step) =>
  step.state.legsOf(order).flatMap((leg) => {
    if (!beforePickup(leg.state)) return [];
    const { assignment, untold = [] } = leg;
    if (assignment?.reference) return requestUpdate(leg, assignment.carrier, assignment.reference, fields, step);
    if (leg.state === "offered" && leg.offer === null)
      step.state.put("leg", { ...leg, untold: [...new Set([...untold, ...fields])] });
    return [];
  });

/** D18: what a platform does not know of a change, a person must. */
export const told: Handler<UpdateAnswered> = ({ order, leg, untold, reason }) =>
  untold.length === 0
    ? []
    : [
        {
          type: "DisruptionRaised",
          order,
          leg,
          kind: "update_refused",
          detail: `${untold.join(", ")}: ${reason ?? "the platform did not say why"}`,
        },
      ];
