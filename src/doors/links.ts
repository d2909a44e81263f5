import type { Link, Scope } from "../domain/index.ts";
import type { ParticipantId } from "../kernel/id.ts";
import type { Result } from "../kernel/result.ts";

/** A participant's account at a platform, as it is given: never read back. */
export interface LinkRequest {
  readonly credentials: Readonly<Record<string, string>>;
  /** Asked there instead of at the platform's own address: the operator's choice alone. */
  readonly baseUrl: string | null;
  /** In E.164. */
  readonly fallbackPhone: string;
}

export type LinkRefusal =
  | { readonly code: "NOT_A_PLATFORM"; readonly known: readonly string[] }
  | { readonly code: "LINKED_ALREADY" }
  | { readonly code: "LINK_NOT_FOUND" }
  | { readonly code: "CREDENTIALS_WRONG"; readonly field: string; readonly expected: readonly string[] }
  | { readonly code: "ADDRESS_NEEDED"; readonly field: "baseUrl" }
  /** Deliveries under way would never be heard of again. */
  | { readonly code: "LINK_IN_USE"; readonly deliveries: number };

/** What came of asking the platform for a delivery that it does not have: nothing is changed by that. */
export interface LinkTest {
  readonly works: boolean;
  /** Why not, in the platform's or the network's words; null when it works. */
  readonly why: string | null;
  readonly latency_ms: number;
}

/** The platforms' accounts. A participant links its own; the operator links for all. */
export interface PlatformLinks {
  /** What can be linked, and which credentials that takes. */
  readonly platforms: readonly {
    readonly platform: string;
    readonly name: string;
    readonly credentials: readonly string[];
    /** Null where each carrier has its own, which must be given. */
    readonly baseUrl: string | null;
  }[];
  list(scope: Scope): Promise<readonly Link[]>;
  link(scope: Scope, participant: ParticipantId, request: LinkRequest): Promise<Result<Link, LinkRefusal>>;
  /** Replaces what is given: single credentials, the address, the telephone. */
  change(scope: Scope, participant: ParticipantId, changes: Partial<LinkRequest>): Promise<Result<Link, LinkRefusal>>;
  test(scope: Scope, participant: ParticipantId): Promise<Result<LinkTest, LinkRefusal>>;
  unlink(scope: Scope, participant: ParticipantId): Promise<Result<null, LinkRefusal>>;
}
