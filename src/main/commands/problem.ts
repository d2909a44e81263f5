import { sentenceOf } from "../run.ts";
import { asJson, CommandRefused, err, WrongUse, type CommandProblem } from "./words.ts";

/** What went wrong, as a program reads it: a refusal, something on this machine that a person can mend, or a mistake of ours. */
export function problemOf(error: unknown): CommandProblem {
  if (error instanceof CommandRefused) return error.problem;
  const sentence = sentenceOf(error);
  if (sentence !== null)
    return { code: "NOT_POSSIBLE_HERE", detail: sentence, mend: "Mend what it names, and give the command again." };
  return { code: "FAILED", detail: String(error), mend: "Standard error says where it happened: report it, please." };
}

/** Tells a person why a command did not do its work, and a program, when it asked for JSON; answers the exit code. */
export function tellFailure(error: unknown, json: boolean): number {
  if (error instanceof WrongUse) {
    err(error.message);
    return 2;
  }
  const problem = problemOf(error);
  if (json) asJson(problem);
  if (error instanceof CommandRefused) err([problem.detail, problem.mend].filter(Boolean).join(" "));
  else err(sentenceOf(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return 1;
}
