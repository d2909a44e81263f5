import type { LiveCourier, LiveLeg, OrderDetail } from "../../../../src/doors/api/contract.ts";

type Step = OrderDetail["ways"][number]["trail"][number];

const underWay = new Set<LiveLeg["state"]>([
  "en_route_to_pickup",
  "at_pickup",
  "picked_up",
  "en_route_to_dropoff",
  "at_dropoff",
]);

/**
 * A trail grown by the position the live view has now, while the leg is under way. The record is read anew only now and then,
 * and a trail that ended where the courier was by then would fall behind and leap.
 */
export function grown(
  trail: readonly Step[],
  leg: LiveLeg | undefined,
  courier: LiveCourier | undefined,
): readonly Step[] {
  const position = courier?.position ?? null;
  if (leg === undefined || position === null || !underWay.has(leg.state)) return trail;
  const last = trail.at(-1);
  return last !== undefined && Date.parse(last.at) >= Date.parse(position.at)
    ? trail
    : [...trail, { point: position.point, at: position.at }];
}

/** Two tellings of one trail, put together by their times: neither the record's nor the page's own steps are lost. */
export function merged(record: readonly Step[], seen: readonly Step[]): readonly Step[] {
  const end = record.at(-1);
  return end === undefined ? seen : [...record, ...seen.filter(({ at }) => Date.parse(at) > Date.parse(end.at))];
}
