import { carrierAt, type Answer as CarrierAnswer, type Asked, type Carrier } from "./asked.ts";
import { cases, type Case, type Visit } from "./cases.ts";
import { inWords, NotHere } from "./expect.ts";
import { openInbox, type OpenInbox } from "./inbox.ts";

export { carrierAt, openInbox, type Asked, type Carrier, type CarrierAnswer, type OpenInbox };

/** What came of one check. */
export type Verdict = Pick<Case, "id" | "title"> &
  (
    | { readonly outcome: "passed" }
    | { readonly outcome: "skipped"; readonly why: string }
    | { readonly outcome: "failed"; readonly what: string; readonly mend: string }
  );

/** Runs each check in its turn and tells what came of it. What was booked for a check is called off again. */
export async function* conform(visit: Visit): AsyncGenerator<Verdict> {
  for (const one of cases) yield await verdictOf(one, visit);
}

async function verdictOf(one: Case, visit: Visit): Promise<Verdict> {
  const { id, title } = one;
  try {
    await one.run(visit);
    return { id, title, outcome: "passed" };
  } catch (error) {
    if (error instanceof NotHere) return { id, title, outcome: "skipped", why: error.message };
    return { id, title, outcome: "failed", ...inWords(error) };
  }
}
