import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Recorded, Sealed } from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import { toIso } from "../../kernel/quantity.ts";

/** The `prevHash` of a log's first event. */
const genesis = "0".repeat(64);

/** How far a participant's log is chained. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export const emptyChain: ChainHead = { seq: 0, hash: genesis };

/**
 * The hash of an event at its place in its participant's log: SHA-256 over the canonical JSON (RFC 8785) of
 * `{ at, event, id, order, prevHash, seq, sequence }`, `at` as RFC 3339 in UTC.
 */
function chainHash({ id, at, order, sequence, event }: Recorded, seq: number, prevHash: string): string {
  const text = canonicalize({ seq, prevHash, id, at: toIso(at), order, sequence, event });
  invariant(text !== undefined, `event ${id} is not JSON`);
  return createHash("sha256").update(text).digest("hex");
}

/** The event with its place in the log that `head` is the end of. */
export function sealNext(head: ChainHead, recorded: Recorded): Sealed {
  const seq = head.seq + 1;
  const { id, at, owner, order, sequence, event } = recorded;
  return { id, at, owner, order, sequence, event, seq, prevHash: head.hash, hash: chainHash(recorded, seq, head.hash) };
}

/** The first place where a log does not hold. */
export interface BrokenLink {
  readonly seq: number;
  readonly why: "missing" | "unlinked" | "changed";
}

/** Follows one participant's log, oldest first, from `head`; null when every link holds. */
export function verifyChain(log: readonly Sealed[], head: ChainHead = emptyChain): BrokenLink | null {
  let last = head;
  for (const sealed of log) {
    const seq = last.seq + 1;
    if (sealed.seq !== seq) return { seq, why: "missing" };
    if (sealed.prevHash !== last.hash) return { seq, why: "unlinked" };
    if (!isHashed(sealed, seq, last.hash)) return { seq, why: "changed" };
    last = sealed;
  }
  return null;
}

/** What cannot even be hashed (a time out of range, half a character) is not what was sealed. */
function isHashed(sealed: Sealed, seq: number, prevHash: string): boolean {
  try {
    return chainHash(sealed, seq, prevHash) === sealed.hash;
  } catch {
    return false;
  }
}
