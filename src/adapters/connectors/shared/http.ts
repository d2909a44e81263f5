import type { FailedCall, Transport, WireAnswer, WireRequest } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { outage, type Outage } from "../../../kernel/result.ts";
import type { Rng } from "../../../kernel/rng.ts";
import type { HealthCounter } from "./health.ts";
import { isHeldBack } from "./held-back.ts";
import { maskAnswer, maskSent, maskUrl } from "./masked.ts";
import { parseBody, text, type Json } from "./reading.ts";

/** Waits; real time by default, virtual time in a simulated day. */
export type Wait = (ms: number) => Promise<void>;

export const realWait: Wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export interface HttpSettings {
  /** A call without an answer is an outage after so many milliseconds. */
  readonly timeout_ms: number;
  /** Further tries of a call that may be repeated: 0 to 2. */
  readonly retries: number;
  /** The first pause before a further try; it doubles, and half of it is chance. */
  readonly pause_ms: number;
}

export const httpDefaults: HttpSettings = { timeout_ms: 10_000, retries: 2, pause_ms: 400 };

export interface Call {
  readonly method: WireRequest["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether asking twice does no harm. */
  readonly repeatable: boolean;
}

export interface Answer {
  readonly status: number;
  /** The body's object; without fields where the body is empty or a list. */
  readonly json: Json;
  /** The objects of a body that is a list. */
  readonly list?: readonly Json[];
}

interface HttpParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly wait: Wait;
  readonly health: HealthCounter;
  readonly settings: HttpSettings;
  /** Codes that are answers although they come with a 5xx status. */
  readonly spoken: (code: string) => boolean;
}

/** No JSON answer of a delivery platform is near this. */
const tooLarge_bytes = 4_000_000;

const tooMany = "429 too many requests";

/** Whether the platform has surely done nothing: the call never left us, or was turned away for its number. */
export const didNothing = (answer: Outage): boolean => isHeldBack(answer) || answer.reason === tooMany;

export const isOutage = (answer: object): answer is Outage => "kind" in answer && answer.kind === "outage";

/**
 * Sends a call and reads JSON. 429, 408, 5xx, silence and whatever is no JSON are outages; a 429 is never tried again here, because
 * the platform said when (`after_ms`). The other outages are tried again only when the call may be repeated, after a pause with chance in it.
 */
export async function send(parts: HttpParts, call: Call): Promise<Answer | Outage> {
  const tries = call.repeatable ? 1 + Math.min(2, Math.max(0, parts.settings.retries)) : 1;
  for (let tried = 1; ; tried++) {
    const answer = await once(parts, call);
    if (!isOutage(answer)) return answer;
    if (tried >= tries || answer.after_ms !== null || !answer.retryable) return answer;
    const pause = parts.settings.pause_ms * 2 ** (tried - 1);
    await parts.wait(Math.round(pause / 2 + parts.rng.between(0, pause / 2)));
  }
}

async function once({ transport, clock, health, settings, spoken }: HttpParts, call: Call): Promise<Answer | Outage> {
  const { method, url, headers, body } = call;
  const since = clock.now();
  const request: WireRequest = {
    method,
    url,
    headers,
    body: body === null ? null : new TextEncoder().encode(body),
    timeout_ms: settings.timeout_ms,
  };
  const answer = await transport.send(request);
  // What was held back never reached the platform.
  if (isHeldBack(answer)) return answer;
  health.called(since, !isOutage(answer));
  const read = isOutage(answer) ? answer : understood(answer, clock, spoken);
  const failed = failedCall(request, answer, read, since, clock);
  if (failed) health.failures.keep(failed);
  transport.judged?.(!isOutage(read) ? "answer" : !isOutage(answer) && answer.status === 429 ? "limit" : "outage");
  return read;
}

/** What is kept of a call that came to nothing; null when it came to something. */
function failedCall(
  { method, url, headers, body }: WireRequest,
  answer: WireAnswer | Outage,
  read: Answer | Outage,
  since: Instant,
  clock: Clock,
): FailedCall | null {
  if (!isOutage(read) && read.status < 400) return null;
  const at = clock.now();
  return {
    at,
    kind: isOutage(read) ? "outage" : "refusal",
    method,
    url: maskUrl(url),
    status: isOutage(answer) ? null : answer.status,
    why: isOutage(read) ? read.reason : String(read.status),
    took_ms: Math.max(0, at - since),
    request: maskSent(headers, body),
    answer: isOutage(answer) ? null : maskAnswer(answer.headers, answer.body),
  };
}

function understood(answer: WireAnswer, clock: Clock, spoken: HttpParts["spoken"]): Answer | Outage {
  if (answer.status === 429) return outage(tooMany, true, retryAfter_ms(answer.headers, clock));
  const said = answer.body.length > tooLarge_bytes ? null : parseBody(answer.body);
  if (answer.status >= 500 || answer.status === 408) {
    const code = said && text(said.json, "code");
    if (said && code && spoken(code)) return { status: answer.status, ...said };
    return outage(`${answer.status} ${code ?? "without a code"}`, true, retryAfter_ms(answer.headers, clock));
  }
  return said ? { status: answer.status, ...said } : outage(`${answer.status} with a body that is no JSON`, true);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfter_ms(headers: Readonly<Record<string, string>>, clock: Clock): number | null {
  const header = Object.entries(headers).find(([name]) => name.toLowerCase() === "retry-after")?.[1];
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - clock.now());
}
