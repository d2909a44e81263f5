import { createHash } from "node:crypto";
import { canonical } from "./canonical.ts";
import { groupBy, iso, millis, type Line } from "./log.ts";

/** Stands before the first event of every log. */
export const nothing = "0".repeat(64);

/** The hash of a line: SHA-256 over the canonical JSON of its place in the log, what it follows, and what it says. */
export function hashOf({ seq, prevHash, id, at, order, sequence, event }: Line): string {
  const covered = { seq, prevHash, id, at: iso(at), order, sequence, event };
  return createHash("sha256").update(canonical(covered)).digest("hex");
}

/** Each participant's log: counted without gaps, each line linked to the one before and unchanged, and never back in time. */
export function chainFaults(log: readonly Line[]): readonly string[] {
  return [...groupBy(log, "owner")].flatMap(([owner, lines]) => linkFaults(owner, lines));
}

function linkFaults(owner: string, lines: readonly Line[]): readonly string[] {
  const faults: string[] = [];
  let before: { seq: number; hash: string; at: number } = { seq: 0, hash: nothing, at: -Infinity };
  for (const line of lines) {
    const where = `${owner}: line ${line.seq} of its log (${line.event.type})`;
    if (line.seq !== before.seq + 1) faults.push(`${where} follows line ${before.seq}: something is missing or twice`);
    else if (line.prevHash !== before.hash) faults.push(`${where} does not link to the line before it`);
    if (line.hash !== hashOf(line)) faults.push(`${where} was changed after it was sealed: its hash does not fit`);
    if (millis(line.at) < before.at) faults.push(`${where} goes back in time, to ${iso(line.at)}`);
    before = { seq: line.seq, hash: line.hash, at: millis(line.at) };
  }
  return faults;
}
