import type { Read } from "./fault.ts";
import type { TravelFor } from "./ports.ts";
import { isGoogle, readGoogle } from "./google/read-google.ts";
import { readLiLim } from "./read-lilim.ts";
import { readProblem } from "./own/read-problem.ts";
import { isSolomon, readSolomon } from "./read-solomon.ts";
import { readVrplib } from "./read-vrplib.ts";
import type { Task } from "./task.ts";
import { isVroom, readVroom } from "./vroom/read-vroom.ts";
import { isVrplib } from "./vrplib-sections.ts";

interface JsonFormat {
  readonly knows: (json: unknown) => boolean;
  readonly read: (json: unknown, travelFor: TravelFor) => Promise<Read<Task>>;
}

/** By name; Milepool's own comes last, since it takes what nobody else knows and says what is wrong with it. */
const jsonFormats: Readonly<Record<string, JsonFormat>> = {
  google: { knows: isGoogle, read: readGoogle },
  vroom: { knows: isVroom, read: readVroom },
  milepool: { knows: () => true, read: readProblem },
};

interface TextFormat {
  readonly knows: (text: string) => boolean;
  readonly read: (text: string) => Read<Task>;
}

const textFormats: Readonly<Record<string, TextFormat>> = {
  vrplib: { knows: isVrplib, read: readVrplib },
  solomon: { knows: isSolomon, read: readSolomon },
  lilim: { knows: (text) => /^\s*\d/.test(text), read: readLiLim },
};

export const formatNames: readonly string[] = [...Object.keys(jsonFormats), ...Object.keys(textFormats)];

/** Reads a file in the format named, else in the one that its content shows. */
export async function readFile(raw: string, format: string | null, travelFor: TravelFor): Promise<Read<Task>> {
  const text = raw.replace(/^\uFEFF/, ""); // some editors begin files with a byte order mark
  const known =
    format === null
      ? Object.values(textFormats).find(({ knows }) => knows(text))
      : Object.hasOwn(textFormats, format) && textFormats[format];
  if (known) return known.read(text);
  const parsed = parse(text);
  return parsed.ok ? await readJson(parsed.value, format, travelFor) : parsed;
}

/** As `readFile`, for what is parsed already. */
export const readJson = (json: unknown, format: string | null, travelFor: TravelFor): Promise<Read<Task>> =>
  jsonFormats[format ?? jsonFormatOf(json)]!.read(json, travelFor);

export const jsonFormatOf = (json: unknown): string =>
  Object.entries(jsonFormats).find(([, { knows }]) => knows(json))![0];

function parse(text: string): Read<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const what = error instanceof Error ? error.message : "not JSON";
    const mend = "write one JSON document, or an instance of VRPLIB, Solomon or Li & Lim";
    return { ok: false, faults: [{ path: "file", what, mend }] };
  }
}
