import type { Static, TSchema } from "typebox";
import { mismatch } from "../api/explain.ts";
import { rowProblem } from "../api/problems.ts";
import { NoAnswer, type Answer, type Asked, type Carrier } from "./asked.ts";

/** What a check found wrong: what was seen, and what its developers can do about it. */
export class Found extends Error {
  override readonly name = "Found";
  readonly mend: string;
  constructor(what: string, mend: string) {
    super(what);
    this.mend = mend;
  }
}

/** A check that does not apply here, with the reason. */
export class NotHere extends Error {
  override readonly name = "NotHere";
}

export function expect(holds: boolean, what: string, mend: string): asserts holds {
  if (!holds) throw new Found(what, mend);
}

const called = ({ method, path }: Asked): string => `${method} ${path}`;

/** The answer, which must have one of the statuses and look as the contract says. */
export async function answered<Schema extends TSchema>(
  carrier: Carrier,
  asked: Asked,
  statuses: readonly number[],
  schema: Schema,
): Promise<Static<Schema>> {
  const answer = await carrier.ask(asked);
  expectStatus(asked, answer, statuses);
  mustBe(schema, answer.json, `The answer to ${called(asked)}`);
  return answer.json as Static<Schema>;
}

/** A value must look as the contract says. */
export function mustBe(schema: TSchema, value: unknown, name: string): void {
  expect(value !== undefined, `${name} is no JSON.`, "Answer with a JSON body and `Content-Type: application/json`.");
  const wrong = mismatch(schema, value, "the body");
  if (wrong === null) return;
  throw new Found(
    `${name} is not as the contract says: ${rowProblem(wrong).detail}`,
    `Compare with the schema in /carrier-openapi.json; the field is ${wrong.field}.`,
  );
}

/** A no must have the status, be a problem document (RFC 9457) and carry a code. */
export async function refused(
  carrier: Carrier,
  asked: Asked,
  statuses: readonly number[],
  code: string | null = null,
): Promise<void> {
  const answer = await carrier.ask(asked);
  expectStatus(asked, answer, statuses);
  const said = (answer.json as { readonly code?: unknown } | null | undefined)?.code;
  expect(
    typeof said === "string" && said !== "",
    `The refusal of ${called(asked)} has no \`code\`.`,
    "Answer errors as application/problem+json with `type`, `title`, `status`, `detail` and `code` (RFC 9457).",
  );
  expect(
    code === null || said === code,
    `The refusal of ${called(asked)} has the code ${said}.`,
    `Its code is ${code ?? "one of the contract"}: whoever asks decides by it what to do next.`,
  );
}

function expectStatus(asked: Asked, { status }: Answer, statuses: readonly number[]): void {
  const wanted = statuses.join(" or ");
  expect(
    statuses.includes(status),
    `${called(asked)} answered ${status}; ${wanted} was expected.`,
    status >= 500
      ? "An error of the server tells the asker nothing: it will ask again and again. Find it in your log."
      : `Answer ${wanted} here.`,
  );
}

/** Any failure of a check in words. */
export function inWords(error: unknown): { readonly what: string; readonly mend: string } {
  if (error instanceof Found) return { what: error.message, mend: error.mend };
  if (error instanceof NoAnswer)
    return {
      what: `The carrier gave no answer (${error.message}).`,
      mend: "See that it runs, and answers within 10 s.",
    };
  throw error;
}
