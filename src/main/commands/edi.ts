import { readFile as readBytes, writeFile as writeBytes } from "node:fs/promises";
import {
  fromJson,
  openInterchange,
  printJson,
  readFile,
  toJson,
  writeFile,
  type EdiFile,
  type Opened,
} from "../../doors/edi/index.ts";
import { instant, toIso } from "../../kernel/quantity.ts";
import { asJson, CommandRefused, err, out, readArgs } from "./words.ts";

const help = `milepool edi parse FILE [--zone ZONE] [--currency CODE] [--json]
milepool edi make FILE.json [--out FILE]

parse  prints X12 and EDIFACT interchanges as JSON: every segment, what each set says in our words, and what is wrong, by segment
       and element. Exit code 1 where something is.
make   writes the interchange back from such a JSON, byte for byte; what the sets say is for reading only and not looked at.

  --zone      where its local times are: an IANA zone; UTC when left out
  --currency  of amounts that name none; USD when left out
  --out       a file to write to, instead of standard output

example: ./milepool edi parse tender.edi > tender.json && ./milepool edi make tender.json`;

const options = {
  zone: { type: "string" },
  currency: { type: "string" },
  out: { type: "string" },
} as const;

export async function ediCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const { values, positionals } = read;
  const [verb, path] = positionals;
  if (path === undefined || (verb !== "parse" && verb !== "make")) {
    err(help);
    return 2;
  }
  const bytes = await readBytes(path).catch(() => {
    throw new CommandRefused({
      code: "NO_FILE",
      detail: `${path} cannot be read.`,
      mend: "Name a file that is there.",
    });
  });
  return verb === "parse" ? parse(bytes, values) : make(bytes, values.out);
}

function parse(
  bytes: Uint8Array,
  { zone = "UTC", currency = "USD" }: { readonly zone?: string; readonly currency?: string },
): number {
  const file = readFile(bytes);
  if (!file.ok) {
    const { at, code } = file.refusal;
    const why =
      "why" in file.refusal
        ? file.refusal.why
        : "limit" in file.refusal
          ? `more than ${file.refusal.limit} ${file.refusal.what}`
          : "no ISA, UNA or UNB begins here";
    throw new CommandRefused({
      code,
      detail: `Character ${at + 1}: ${why}.`,
      mend: "Send the file as its sender wrote it, from ISA, UNA or UNB on.",
    });
  }
  const opened = file.value.interchanges.map((one) => openInterchange(one, { zone, currency, now: instant(0) }));
  out(printJson(told(file.value, opened)));
  return opened.every(({ problems, sets }) => problems.length === 0 && sets.every((set) => set.problems.length === 0))
    ? 0
    : 1;
}

function told(file: EdiFile, opened: readonly Opened[]): unknown {
  const json = toJson(file);
  const interchanges = json.interchanges.map((one, index) => {
    const { control, sender, receiver, isTest, problems, sets } = opened[index]!;
    const says = sets.map(({ type, control: number, problems: wrong, message }) => ({
      ...{ type, control: number },
      ...(message === null
        ? { problems: wrong }
        : message.ok
          ? { says: readable(message.value) }
          : { problems: [message.refusal.why] }),
    }));
    return { ...one, reads: { control, sender, receiver, isTest, problems, sets: says } };
  });
  return { ...json, interchanges };
}

const instants = new Set(["respondBy", "at", "earliest", "latest", "issuedAt", "deliveredAt"]);

/** Times as people read them. */
const readable = (message: object): unknown =>
  JSON.parse(
    JSON.stringify(message, (name, value: unknown) =>
      typeof value === "number" && instants.has(name) ? toIso(instant(value)) : value,
    ),
  );

async function make(bytes: Uint8Array, path: string | undefined): Promise<number> {
  const made = fromJson(parsed(bytes));
  if (!made.ok) {
    const { code, at, why } = made.refusal;
    throw new CommandRefused({
      code,
      detail: `${at || "The document"}: ${why}.`,
      mend: "Take the form that milepool edi parse prints.",
    });
  }
  const written = writeFile(made.value);
  if (path === undefined) process.stdout.write(written);
  else {
    await writeBytes(path, written);
    asJson({ written: path, bytes: written.length });
  }
  return 0;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    throw new CommandRefused({
      code: "NOT_JSON",
      detail: "The file is no JSON.",
      mend: "Take the form that milepool edi parse prints.",
    });
  }
}
