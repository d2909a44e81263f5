import type { ParticipantId } from "../kernel/id.ts";
import type { RunningNetwork } from "./network.ts";

/** Deliveries that a carrier has, or whose booking or cancellation it has not answered: so long its link is needed. */
export function underway({ hot }: Pick<RunningNetwork, "hot">, carrier: ParticipantId): number {
  const legs = new Set(hot.legsWith(carrier).map(({ id }) => id));
  for (const { kind, state, carriers, leg } of hot.all("request"))
    if (kind !== "quotes" && state !== "answered" && carriers.includes(carrier)) legs.add(leg);
  return legs.size;
}
