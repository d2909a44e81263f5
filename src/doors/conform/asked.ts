/** How the checks reach a carrier: its address and key stand behind this. */
export interface Carrier {
  /** `path` stands below the carrier's address. `headers` replace the usual ones; null takes one away. Throws NoAnswer. */
  ask(asked: Asked): Promise<Answer>;
}

export interface Asked {
  readonly method: "GET" | "POST" | "PATCH";
  readonly path: string;
  /** JSON; a text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | null>>;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

/** The carrier did not answer, or not in time. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** An answer after so long is none: who asks for a quote has a recipient waiting. */
const patience_ms = 10_000;

/** A carrier at an address. Redirects are not followed: an API answers itself. */
export function carrierAt(url: string, key: string): Carrier {
  return {
    async ask({ method, path, body, headers = {} }) {
      const sent = Object.entries({ authorization: `Bearer ${key}`, "content-type": "application/json", ...headers });
      try {
        const answer = await fetch(`${url}${path}`, {
          method,
          headers: Object.fromEntries(sent.filter((one): one is [string, string] => one[1] !== null)),
          ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
          redirect: "manual",
          signal: AbortSignal.timeout(patience_ms),
        });
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          json: parsed(await answer.text()),
        };
      } catch (error) {
        throw new NoAnswer(why(error));
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function why(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return `no answer within ${patience_ms / 1000} s`;
  const cause: unknown = error instanceof Error ? error.cause : null;
  return typeof cause === "object" && cause !== null && "code" in cause
    ? `no connection: ${String(cause.code)}`
    : "no connection";
}
