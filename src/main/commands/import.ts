import { readFile } from "node:fs/promises";
import type { ImportAnswer } from "../../doors/api/contract.ts";
import { ask, remoteHelp, remoteOf, remoteOptions } from "./remote.ts";
import { asJson, CommandRefused, err, out, readArgs } from "./words.ts";

const help = `milepool import FILE.csv [--shipper ID] [--dry-run] [--undo IMPORT] [--json]

Brings orders from a CSV file into the running network: good rows go in, bad rows are explained by row and column.
The template is at /v1/orders/template.csv.

  --shipper   the participant that ships; a key of one participant needs none
  --dry-run   only look, and say what would happen
  --undo      cancel what an earlier import brought, by its id
${remoteHelp}

example: ./milepool import orders.csv --shipper participant_0000000000jxw7d9mmnn7vb279 --dry-run`;

const options = {
  ...remoteOptions,
  shipper: { type: "string" },
  "dry-run": { type: "boolean" },
  undo: { type: "string" },
} as const;

export async function importCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const { values, positionals } = read;
  const json = (values as { json?: boolean }).json === true;
  if (values.undo) return undo(values.undo, values, json);
  const file = positionals[0];
  if (!file) {
    err(help);
    return 2;
  }
  const text = await readFile(file, "utf8").catch(() => {
    throw new CommandRefused({ code: "NO_FILE", detail: `${file} cannot be read.`, mend: "Name a CSV file." });
  });
  const query = new URLSearchParams({
    ...(values.shipper ? { shipper: values.shipper } : {}),
    ...(values["dry-run"] ? { dryRun: "true" } : {}),
  });
  const answer = await ask(remoteOf(values), "POST", `/v1/orders/import?${query.toString()}`, {
    type: "text/csv",
    text,
  });
  const report = answer as ImportAnswer;
  if (json) asJson(report);
  else tell(report);
  return report.refused === 0 ? 0 : 1;
}

function tell({ taken, refused, rows, dryRun, importId, notes, problems }: ImportAnswer): void {
  for (const note of notes) out(note);
  for (const { row, column, detail, mend } of problems)
    out(`row ${row}${column ? `, ${column}` : ""}: ${detail} ${mend}`);
  out(`${rows} rows: ${taken} ${dryRun ? "would go in" : "went in"}, ${refused} refused`);
  if (importId) out(`undo with: ./milepool import --undo ${importId}`);
}

async function undo(
  id: string,
  values: { readonly url?: string; readonly key?: string },
  json: boolean,
): Promise<number> {
  const answer = await ask(remoteOf(values), "POST", `/v1/imports/${encodeURIComponent(id)}/undo`, {
    type: "application/json",
    text: "{}",
  });
  if (json) asJson(answer);
  else
    out(
      `${(answer as { outcomes: readonly unknown[] }).outcomes.length} orders looked at; the console shows what became of each`,
    );
  return 0;
}
