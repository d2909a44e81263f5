import type { ParticipantId } from "../kernel/id.ts";

/** What the holder of a session or key may do. */
export const permissions = ["orders:read", "orders:write", "fleet:read", "fleet:write", "audit:read", "admin"] as const;
export type Permission = (typeof permissions)[number];

/**
 * On whose behalf something is read or written: no store can be asked without one. `network` is the operator of the exchange, who
 * sees all participants; it is never given to an API key of a participant.
 */
export interface Scope {
  readonly viewer: ParticipantId | "network";
  /** The person, key or process that acts: goes into the audit trail. */
  readonly by: string;
  readonly may: readonly Permission[];
}

/** The journey itself, acting for everyone. */
export const journeyScope: Scope = { viewer: "network", by: "journey", may: permissions };

export const sees = (scope: Scope, owner: ParticipantId): boolean =>
  scope.viewer === "network" || scope.viewer === owner;
