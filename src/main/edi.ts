import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rowProblem, type Code } from "../doors/api/problems.ts";
import { PartnersWrong, readPartners, runEdi, type RunningEdi } from "../doors/edi/index.ts";
import type { Network } from "../doors/network.ts";
import { folder, StartRefused, type Settings } from "./settings.ts";

/** Opens the door for X12 and EDIFACT with the partners of the file that MILEPOOL_PARTNERS names; null where none is named. */
export async function openEdi(
  network: Network,
  { partners: path, home }: Pick<Settings, "partners" | "home">,
  log: (what: string, error: unknown) => void,
): Promise<RunningEdi | null> {
  if (path === null) return null;
  const root = folder(join(home, "edi"));
  return runEdi({ network, partners: partnersIn(path), root, explain, log });
}

/** A refusal as one sentence with how to mend it. */
export function explain(refusal: { readonly code: string }): string {
  const { detail, mend } = rowProblem(refusal as { readonly code: Code });
  return `${detail} ${mend}`;
}

/** Throws StartRefused, naming what is wrong in the file. */
function partnersIn(path: string): ReturnType<typeof readPartners> {
  try {
    return readPartners(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof PartnersWrong) throw new StartRefused(`${path}, which MILEPOOL_PARTNERS names: ${message}.`);
    const why = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new StartRefused(`${path}, which MILEPOOL_PARTNERS names, ${why}: ${message}.`);
  }
}
