import type { Transport } from "../../../journey/dispatch/ports.ts";
import { outage } from "../../../kernel/result.ts";

/** Carries requests over the network. Redirects are not followed: a platform's API answers itself. */
export function httpTransport(): Transport {
  return {
    async send({ method, url, headers, body, timeout_ms }) {
      try {
        const answer = await fetch(url, {
          method,
          headers,
          ...(body === null ? {} : { body: Buffer.from(body) }),
          redirect: "manual",
          signal: AbortSignal.timeout(timeout_ms),
        });
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: new Uint8Array(await answer.arrayBuffer()),
        };
      } catch (error) {
        return outage(why(error, timeout_ms), true);
      }
    },
  };
}

/** The cause by its code alone: messages of the network may hold the URL. */
function why(error: unknown, timeout_ms: number): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return `no answer within ${timeout_ms} ms`;
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code =
    typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "connection failed";
  return `no connection: ${code}`;
}
