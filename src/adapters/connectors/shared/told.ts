import type { PlatformRefusal } from "../../../journey/dispatch/ports.ts";
import { ok, outage, refuse, type Outage, type Result } from "../../../kernel/result.ts";
import type { HealthCounter } from "./health.ts";
import { isOutage, type Answer } from "./http.ts";
import { unknownWord } from "./reading.ts";

/** What a platform told: a value, a no, or nothing. */
export type Told<Value> = Result<Value, PlatformRefusal> | Outage;

/** A refusal's code, or `outage` for what may pass by itself. */
export type No = PlatformRefusal["code"] | "outage";

/** An error of a platform in our words, and the words of it that no table holds. */
export interface ReadNo {
  readonly answer: Result<never, PlatformRefusal> | Outage;
  readonly unknown: readonly string[];
}

export const whenYes = <Value, Next>(told: Told<Value>, read: (value: Value) => Told<Next>): Told<Next> =>
  isOutage(told) || !told.ok ? told : read(told.value);

export const understood = <Value>(value: Value | null): Told<Value> =>
  value === null ? outage("an answer that is not what was asked for", true) : ok(value);

export const isNo = (told: Told<unknown>, code: PlatformRefusal["code"]): boolean =>
  !isOutage(told) && !told.ok && told.refusal.code === code;

/** What an answer says: errors become refusals and outages here, so that what passes is a yes. */
export function answered(health: HealthCounter, told: Told<Answer>, toNo: (answer: Answer) => ReadNo): Told<Answer> {
  if (isOutage(told) || !told.ok) return told;
  const { status } = told.value;
  if (status >= 200 && status < 300) return told;
  const no = toNo(told.value);
  health.unknown(no.unknown);
  return no.answer;
}

/** Counts what a whole operation came to. */
export function settle<Value>(health: HealthCounter, operation: string, told: Told<Value>): Told<Value> {
  if (isOutage(told)) health.outage(operation, told.reason);
  else if (!told.ok) health.refused(operation, told.refusal.words);
  return told;
}

/**
 * An error by its code; one that the table does not hold keeps its words, is counted, and is read by its status. `details` are names of
 * fields, never a platform's free text, which may hold an address.
 */
export function readNo(
  { status }: Answer,
  code: string | null,
  table: Readonly<Record<string, No>>,
  details: readonly string[] = [],
): ReadNo {
  const known = code === null ? undefined : table[code];
  const kind = known ?? byStatus(status);
  const said = `${code ?? status}${details.length > 0 ? ` (${details.slice(0, 6).join(", ")})` : ""}`;
  const unknown = known ? [] : [unknownWord("code", code ?? String(status))];
  if (kind === "outage") return { answer: outage(said, true), unknown };
  return { answer: refuse({ code: kind, words: said, reference: null }), unknown };
}

function byStatus(status: number): No {
  if (status >= 500 || status === 408 || status === 429) return "outage";
  if (status === 401 || status === 402 || status === 403) return "NOT_ALLOWED";
  return status === 404 ? "UNKNOWN_DELIVERY" : "BAD_REQUEST";
}
