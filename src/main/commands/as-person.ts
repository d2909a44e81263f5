import { nobodyAt, refusal, remoteOf, type Remote } from "./remote.ts";
import { CommandRefused } from "./words.ts";

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

/** The body of the answer; undefined where it has none. Throws CommandRefused. */
export async function askAsPerson(words: Words, method: string, path: string, body?: object): Promise<unknown> {
  const remote = remoteOf(words);
  const cookie = await signIn(remote, words);
  const answer = await call(remote, cookie, method, path, body);
  if (!answer.ok) throw refusal(answer);
  return answer.body ?? undefined;
}

async function call(remote: Remote, cookie: string, method: string, path: string, body?: object) {
  const { url } = remote;
  const headers = { origin: url, cookie, ...(body ? { "content-type": "application/json" } : {}) };
  const content = body ? { body: JSON.stringify(body) } : {};
  const answer = await fetch(`${url}${path}`, { method, headers, ...content }).catch(() => {
    throw nobodyAt(remote);
  });
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
): Promise<string> {
  const demo = await call(remote, "", "POST", "/v1/session/demo", {});
  if (demo.cookie) return demo.cookie;
  if (!password)
    throw new CommandRefused({
      code: "NO_PASSWORD",
      detail: "This network wants to know who asks.",
      mend: "Give the password with MILEPOOL_ADMIN_PASSWORD or --password: it was printed when the network first started.",
    });
  const person = await call(remote, "", "POST", "/v1/session", { email, password });
  if (!person.cookie) throw refusal(person);
  return person.cookie;
}
