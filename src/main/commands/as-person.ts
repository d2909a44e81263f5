import { remoteOf, tellProblem, type Remote } from "./remote.ts";
import { err } from "./words.ts";

/** For commands that only a person may give: keys and people. */
export const personOptions = {
  url: { type: "string" },
  email: { type: "string" },
  password: { type: "string" },
} as const;

export const personHelp = `Signs in as a person first: --email (admin@milepool.local), password from MILEPOOL_ADMIN_PASSWORD or --password. A demo on this
machine needs neither.`;

interface Words {
  readonly url?: string;
  readonly email?: string;
  readonly password?: string;
}

/** The body of the answer; undefined where it has none, null with the problem told. */
export async function askAsPerson(words: Words, method: string, path: string, body?: object): Promise<unknown> {
  const remote = remoteOf(words);
  const cookie = await signIn(remote, words);
  if (cookie === null) return null;
  const answer = await call(remote, cookie, method, path, body);
  if (answer.ok) return answer.body ?? undefined;
  tellProblem(answer);
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
