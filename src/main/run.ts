import { EmbeddedPostgresError, StoreInUse, StoreTooNew } from "../adapters/postgres/index.ts";
import { OsmFileError } from "../adapters/osm/index.ts";
import { VaultKeyError } from "../adapters/vault/index.ts";
import { StartRefused } from "./settings.ts";
import type { Say } from "./house.ts";

/** What a person can mend; anything else is our mistake and shows its stack. */
const sentences = [StartRefused, EmbeddedPostgresError, StoreInUse, StoreTooNew, OsmFileError, VaultKeyError] as const;

export const sentenceOf = (error: unknown): string | null => {
  if (sentences.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC") return "The disk is full: free some space and start again.";
  if (code === "ECONNREFUSED" || code === "ENOTFOUND")
    return `The database does not answer (${message}): check DATABASE_URL.`;
  return null;
};

/** Starts a program and stays until it is told to stop; what a person can mend is one sentence and exit code 1. */
export async function runUntilStopped(start: () => Promise<() => Promise<void>>, say: Say): Promise<number> {
  let stop: () => Promise<void>;
  const told = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  try {
    stop = await start();
  } catch (error) {
    say(sentenceOf(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    return 1;
  }
  await told;
  say("Stopping.");
  await stop();
  return 0;
}

/** Closing what was opened half-way may take this long; then the error is told all the same. */
const patience_ms = 10_000;

/**
 * Opens one thing after another; what `open` defers on `opened` is closed in the opposite order, by whoever got the stack in the end,
 * or at once when opening fails half-way.
 */
export async function opening<Opened>(open: (opened: AsyncDisposableStack) => Promise<Opened>): Promise<Opened> {
  const opened = new AsyncDisposableStack();
  try {
    return await open(opened);
  } catch (error) {
    // Held until all is closed: what is closed may keep nothing alive by itself, and the error would never be told.
    let enough: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (enough = setTimeout(resolve, patience_ms)));
    await Promise.race([opened.disposeAsync(), patience]).finally(() => clearTimeout(enough));
    throw error;
  }
}
