import type { Answer, KeyView } from "../../doors/api/contract.ts";
import { permissions } from "../../domain/index.ts";
import { askAsPerson, personHelp, personOptions } from "./as-person.ts";
import { err, out, asJson, readArgs } from "./words.ts";

const help = `milepool keys make --name NAME [--for PARTICIPANT] [--may orders:read,orders:write] [--json]
milepool keys list [--for PARTICIPANT] [--json]
milepool keys revoke ID [--for PARTICIPANT]

A key is shown once, when it is made. May: ${permissions.join(", ")}.
${personHelp}

example: ./milepool keys make --name tms --for participant_0000000000jxw7d9mmnn7vb279 --may orders:read,orders:write`;

const options = {
  ...personOptions,
  name: { type: "string" },
  for: { type: "string" },
  may: { type: "string" },
} as const;

interface Words {
  readonly url?: string;
  readonly name?: string;
  readonly for?: string;
  readonly may?: string;
  readonly email?: string;
  readonly password?: string;
}

export async function keysCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const values: Words = read.values;
  const json = (read.values as { json?: boolean }).json === true;
  const [verb, id] = read.positionals;
  const request = requestOf(verb, id, values);
  if (!request) {
    err(help);
    return 2;
  }
  const path = `${request.path}${values.for ? `?as=${encodeURIComponent(values.for)}` : ""}`;
  const answer = await askAsPerson(values, request.method, path, request.body);
  if (json) asJson(answer);
  else tell(answer);
  return 0;
}

interface KeyRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

function requestOf(verb: string | undefined, id: string | undefined, { name, may }: Words): KeyRequest | null {
  if (verb === "make" && name)
    return { method: "POST", path: "/v1/keys", body: { name, may: (may ?? "orders:read,orders:write").split(",") } };
  if (verb === "list") return { method: "GET", path: "/v1/keys" };
  if (verb === "revoke" && id) return { method: "DELETE", path: `/v1/keys/${encodeURIComponent(id)}` };
  return null;
}

function tell(body: unknown): void {
  const { secret, key, keys } = (body ?? {}) as Partial<Answer<"createKey"> & Answer<"listKeys">>;
  if (secret && key) out(`${line(key)}\n${secret}\n(shown this once)`);
  else if (keys) for (const one of keys) out(line(one));
  else out("revoked");
}

const line = ({ id, name, participant, revokedAt }: KeyView): string =>
  `${id}  ${name}  for ${participant}${revokedAt ? `  revoked ${revokedAt}` : ""}`;
