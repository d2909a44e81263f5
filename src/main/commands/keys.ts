import { permissions } from "../../domain/index.ts";
import { err, out, asJson, readArgs } from "./words.ts";
import { remoteOf, tellProblem, type Remote } from "./remote.ts";

const help = `milepool keys make --name NAME [--for PARTICIPANT] [--may orders:read,orders:write] [--json]
milepool keys list [--for PARTICIPANT] [--json]
milepool keys revoke ID [--for PARTICIPANT]

Signs in as a person first: --email (admin@milepool.local), password from MILEPOOL_ADMIN_PASSWORD or --password. A demo on this
machine needs neither. A key is shown once, when it is made. May: ${permissions.join(", ")}.

example: ./milepool keys make --name tms --for participant_quayside --may orders:read,orders:write`;

const options = {
  url: { type: "string" },
  name: { type: "string" },
  for: { type: "string" },
  may: { type: "string" },
  email: { type: "string" },
  password: { type: "string" },
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
  const remote = remoteOf(values);
  const cookie = await signIn(remote, values);
  if (cookie === null) return 1;
  const answer = await call(
    remote,
    cookie,
    request.method,
    `${request.path}${values.for ? `?as=${encodeURIComponent(values.for)}` : ""}`,
    request.body,
  );
  if (!answer.ok) {
    tellProblem(answer);
    return 1;
  }
  if (json) asJson(answer.body);
  else tell(answer.body);
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

async function call({ url }: Remote, cookie: string, method: string, path: string, body?: object) {
  const headers = { origin: url, cookie, ...(body ? { "content-type": "application/json" } : {}) };
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  return {
    ok: answer.ok,
    status: answer.status,
    body: text === "" ? null : (JSON.parse(text) as unknown),
    cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? null,
  };
}

/** The demo's door first, then the password. */
async function signIn(
  remote: Remote,
  { email = "admin@milepool.local", password = process.env["MILEPOOL_ADMIN_PASSWORD"] }: Words,
): Promise<string | null> {
  try {
    const demo = await call(remote, "", "POST", "/v1/session/demo", {});
    if (demo.cookie) return demo.cookie;
    if (!password) {
      err(
        "Give the password with MILEPOOL_ADMIN_PASSWORD or --password: it was printed when the network first started.",
      );
      return null;
    }
    const person = await call(remote, "", "POST", "/v1/session", { email, password });
    if (!person.cookie) tellProblem(person);
    return person.cookie;
  } catch {
    err(`Nothing answers at ${remote.url}: start the network first, or name another one with --url.`);
    return null;
  }
}

function tell(body: unknown): void {
  const { secret, key, keys } = (body ?? {}) as {
    secret?: string;
    key?: { id: string; name: string };
    keys?: readonly { id: string; name: string; revokedAt: string | null }[];
  };
  if (secret && key) out(`${key.id}  ${key.name}\n${secret}\n(shown this once)`);
  else if (keys)
    for (const { id, name, revokedAt } of keys) out(`${id}  ${name}${revokedAt ? `  revoked ${revokedAt}` : ""}`);
  else out("revoked");
}
