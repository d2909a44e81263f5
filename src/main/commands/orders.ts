import type { OrderView } from "../../doors/api/contract.ts";
import { ask, remoteHelp, remoteOf, remoteOptions, type Remote } from "./remote.ts";
import { asJson, err, out, readArgs, whole } from "./words.ts";

const help = `milepool orders [list] [--state delivered] [--text TEXT] [--limit 20] [--json]
milepool orders show ID [--json]
milepool orders cancel ID [--reason TEXT] [--json]

${remoteHelp}

example: ./milepool orders --state in_progress --json`;

const options = {
  ...remoteOptions,
  state: { type: "string", multiple: true },
  text: { type: "string" },
  limit: { type: "string" },
  reason: { type: "string" },
} as const;

export async function ordersCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const { values, positionals } = read;
  const [verb = "list", id] = positionals;
  const remote = remoteOf(values);
  const json = (values as { json?: boolean }).json === true;
  if (verb === "list") return list(remote, values, json);
  if ((verb !== "show" && verb !== "cancel") || !id) {
    err(help);
    return 2;
  }
  const path = `/v1/orders/${encodeURIComponent(id)}`;
  const body = {
    type: "application/json",
    text: JSON.stringify({ reason: values.reason ?? "cancelled on the command line" }),
  };
  return verb === "show" ? one(remote, "GET", path, json) : one(remote, "POST", `${path}/cancel`, json, body);
}

async function list(
  remote: Remote,
  values: { state?: string[]; text?: string; limit?: string },
  json: boolean,
): Promise<number> {
  const limit = whole("limit", values.limit, 20, 1, 200);
  if (limit === null) return 2;
  const query = new URLSearchParams({ limit: String(limit), ...(values.text ? { text: values.text } : {}) });
  for (const state of values.state ?? []) query.append("state", state);
  const answer = await ask(remote, "GET", `/v1/orders?${query.toString()}`);
  if (json) asJson(answer);
  else for (const order of (answer as { orders: readonly OrderView[] }).orders) out(line(order));
  return 0;
}

async function one(
  remote: Remote,
  method: string,
  path: string,
  json: boolean,
  body?: { type: string; text: string },
): Promise<number> {
  const answer = await ask(remote, method, path, body);
  if (json) asJson(answer);
  else out(line(answer as OrderView));
  return 0;
}

const line = ({ id, reference, state, placedAt }: OrderView): string =>
  `${id}  ${state.padEnd(16)}${placedAt}  ${reference ?? ""}`;
