import { parseArgs, type ParseArgsConfig } from "node:util";

export const out = (text: string): void => void process.stdout.write(`${text}\n`);
export const err = (text: string): void => void process.stderr.write(`${text}\n`);
export const asJson = (value: unknown): void => out(JSON.stringify(value, null, 2));

type Options = NonNullable<ParseArgsConfig["options"]>;

/** A command's words, read and ready; or the exit code when help was asked for or the use was wrong. */
export function readArgs<O extends Options>(args: readonly string[], options: O, help: string) {
  try {
    const all = { ...options, help: { type: "boolean" }, json: { type: "boolean" } } as const;
    const read = parseArgs({ args: [...args], options: all, allowPositionals: true, strict: true });
    if ((read.values as { help?: boolean }).help) {
      out(help);
      return 0;
    }
    return read;
  } catch (error) {
    err(`${(error as Error).message}\n\n${help}`);
    return 2;
  }
}

/** A whole number within bounds, or null with the reason told. */
export function whole(
  name: string,
  text: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number | null {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  err(`--${name} is "${text}": give a whole number from ${least} to ${most}`);
  return null;
}

/** Words that a command does not understand: a sentence, and exit code 2. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}

/** Why a command was refused: words for a program, what happened, and how to mend it. */
export interface CommandProblem {
  readonly code: string;
  readonly detail: string;
  readonly mend: string;
}

/** A command that was understood and refused, by the network or by what it needs here; exit code 1. */
export class CommandRefused extends Error {
  override readonly name = "CommandRefused";
  readonly problem: CommandProblem;

  constructor(problem: CommandProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}
