import { outage, type Outage } from "../../kernel/result.ts";

/** A server of somebody else, or an own one beside this program. */
export interface ServiceSettings {
  /** `https://photon.example.org`; what stands behind the host's name stays in front of every path. */
  readonly url: string;
  /** A call without a whole answer is an outage after so many milliseconds. */
  readonly timeout_ms: number;
  /** An answer that is longer is an outage. */
  readonly most_bytes: number;
  /** At least so long from the start of one call to the start of the next; 0 for a server that may be asked freely. */
  readonly pace_ms: number;
  /** Names this program to whoever runs the server. */
  readonly userAgent: string;
}

export interface OutsideAnswer {
  /** 200 to 499, without 408 and 429. */
  readonly status: number;
  readonly body: Uint8Array;
}

export interface Question {
  /** Begins with `/`. */
  readonly path: string;
  /** Sent as JSON by POST; GET without. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OutsideService {
  ask(question: Question): Promise<OutsideAnswer | Outage>;
}

/** More would only wait: whoever asks then hears so at once. */
const mostWaiting = 5;

export const isOutage = (answer: unknown): answer is Outage =>
  typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "outage";

/** The JSON of an answer; an outage when it is none. */
export function jsonIn({ status, body }: OutsideAnswer): { readonly json: unknown } | Outage {
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) };
  } catch {
    return outage(`${status} with a body that is no JSON`, true);
  }
}

/**
 * Asks a server over HTTP, each question once: never again by itself, never after a redirect. Silence, too much, 408, 429
 * and 5xx are outages. Reasons never hold the URL, which may hold a key.
 */
export function openService(settings: ServiceSettings): OutsideService {
  const base = settings.url.replace(/\/+$/, "");
  let [free, waiting] = [0, 0];
  return {
    async ask(question) {
      const wait = Math.max(0, free - Date.now());
      if (wait > 0 && waiting >= mostWaiting) return outage("too many questions are waiting", true, wait);
      free = Math.max(free, Date.now()) + settings.pace_ms;
      if (wait > 0) {
        waiting++;
        await new Promise((resolve) => setTimeout(resolve, wait));
        waiting--;
      }
      return askOnce(base, question, settings);
    },
  };
}

async function askOnce(
  base: string,
  { path, json, headers }: Question,
  { timeout_ms, most_bytes, userAgent }: ServiceSettings,
): Promise<OutsideAnswer | Outage> {
  try {
    const sent = json === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(base + path, {
      method: json === undefined ? "GET" : "POST",
      headers: { ...headers, ...sent, "user-agent": userAgent },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeout_ms),
    });
    const body = await readBounded(answer, most_bytes);
    if (body === null) return outage(`${answer.status} with more than ${most_bytes} bytes`, false);
    const { status } = answer;
    if (status >= 500 || status === 408 || status === 429) return outage(`${status}`, true, retryAfter_ms(answer));
    if (status >= 300 && status < 400 && status !== 304) return outage(`${status}, a redirect`, false);
    return { status, body };
  } catch (error) {
    return outage(why(error, timeout_ms), true);
  }
}

/** Null when there is more. */
async function readBounded(answer: Response, most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter_ms({ headers }: Response): number | null {
  const header = headers.get("retry-after");
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function why(error: unknown, timeout_ms: number): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return `no answer within ${timeout_ms} ms`;
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code =
    typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "connection failed";
  return `no connection: ${code}`;
}
