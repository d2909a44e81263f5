import { useAsk } from "../app/asking.ts";
import { useSession } from "../app/session.tsx";

export type ParticipantId = `participant_${string}`;

export interface Choice {
  readonly id: ParticipantId;
  readonly name: string;
}

/** For whom an order is placed: the viewer itself where it is a shipper, else one that the operator names. */
export function useShippers(): { readonly own: boolean; readonly shippers: readonly Choice[] } {
  const { viewer } = useSession();
  const { data } = useAsk("listParticipants");
  const own = viewer !== null && viewer.id !== "network";
  return { own, shippers: data?.participants.filter(({ roles }) => roles.includes("shipper")) ?? [] };
}

/** Who carries in this network: fleets, partners and platforms. */
export function useCarriers(): readonly Choice[] {
  const { data } = useAsk("listParticipants");
  return data?.participants.filter(({ roles }) => roles.includes("carrier") || roles.includes("platform")) ?? [];
}
