import type { EmbeddedServer } from "../adapters/postgres/index.ts";

/** How long a server may be gone before it is begun anew, milliseconds. */
const look_ms = 1000;

/**
 * Looks after a server that may end by itself, as it does when a full disk takes no more of its log, until `stop`. What stands in the way of its coming
 * back is told once, and tried again.
 */
export function keepAlive(
  server: Pick<EmbeddedServer, "revive">,
  broken: (error: Error) => void,
): { stop(): Promise<void> } {
  let told: string | null = null;
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(async () => {
      try {
        await server.revive();
        told = null;
      } catch (error) {
        if (told !== (told = String(error))) broken(error as Error);
      }
    });
  }, look_ms).unref();
  return {
    stop: () => {
      clearInterval(timer);
      return looking;
    },
  };
}
