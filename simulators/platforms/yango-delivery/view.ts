import { toIso, type Instant } from "../../../src/kernel/quantity.ts";
import { majorText } from "../shared/amounts.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Status, YangoClaim } from "./claim.ts";
import type { RoutePoint } from "./request.ts";

/** One shape for create, edit, info and search. A failed estimation stands in `error_messages` of a 200. */
export function claimView(claim: YangoClaim, now: Instant): JsonObject {
  const { life, offer, currency, request, performer, eta } = claim;
  const price = majorText(claim.price, currency);
  return {
    id: claim.id,
    status: life.state,
    version: claim.version,
    route_points: pointsView(claim),
    items: request.items,
    pricing: {
      ...(offer && { offer: { price } }),
      ...(life.charges.length > 0 && { final_price: price }),
      currency,
    },
    ...(performer && { performer_info: performer }),
    ...(eta !== null && { eta: Math.max(0, Math.ceil((eta - now) / 60_000)) }),
    ...(claim.errors.length > 0 && { error_messages: claim.errors }),
    ...(request.comment !== null && { comment: request.comment }),
    created_ts: toIso(life.created),
    updated_ts: toIso(life.updated),
  };
}

function pointsView(claim: YangoClaim): readonly JsonObject[] {
  const { source, destination, back } = claim.request;
  const points = [
    pointView(claim, source, "pickup_arrived", "pickuped"),
    pointView(claim, destination, "delivery_arrived", "delivered"),
  ];
  return back === null ? points : [...points, pointView(claim, back, "return_arrived", "returned")];
}

function pointView({ life }: YangoClaim, point: RoutePoint, arrived: Status, visited: Status): JsonObject {
  const skipped =
    point.type === "destination" ? life.reached("returning") !== null : point.type === "return" && life.over;
  const done = life.reached(visited) !== null;
  const there = life.reached(arrived) !== null;
  const visit_status = done ? "visited" : skipped ? "skipped" : there ? "arrived" : "pending";
  return { ...point.body, visit_status };
}
