import { err } from "./words.ts";

/** A running network as a command speaks to it: by its public address and an API key. */
export interface Remote {
  readonly url: string;
  readonly key: string | null;
}

export const remoteOptions = { url: { type: "string" }, key: { type: "string" } } as const;

export const remoteHelp = `  --url   the network's address; MILEPOOL_PUBLIC_URL or http://localhost:8080 when left out
  --key   an API key; MILEPOOL_KEY when left out; a demo on this machine needs none`;

export const remoteOf = (values: { readonly url?: string; readonly key?: string }): Remote => ({
  url: (values.url ?? process.env["MILEPOOL_PUBLIC_URL"] ?? `http://localhost:${process.env["PORT"] ?? 8080}`).replace(
    /\/+$/,
    "",
  ),
  key: values.key ?? process.env["MILEPOOL_KEY"] ?? null,
});

export interface RemoteAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

/** Asks the network; null, with a sentence told, when it does not answer. */
export async function ask(
  remote: Remote,
  method: string,
  path: string,
  body?: { readonly type: string; readonly text: string },
): Promise<RemoteAnswer | null> {
  try {
    const cookie = remote.key ? null : await demoCookie(remote);
    const headers = {
      ...(remote.key ? { authorization: `Bearer ${remote.key}` } : {}),
      ...(cookie ? { cookie, origin: remote.url } : {}),
      ...(body ? { "content-type": body.type } : {}),
    };
    const answer = await fetch(`${remote.url}${path}`, { method, headers, ...(body ? { body: body.text } : {}) });
    const text = await answer.text();
    return { ok: answer.ok, status: answer.status, body: text === "" ? null : parse(text) };
  } catch {
    err(
      `Nothing answers at ${remote.url}: start the network first (npm start, or ./milepool start), or name another one with --url.`,
    );
    return null;
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** The demo lets its own machine in without a password. */
async function demoCookie({ url }: Remote): Promise<string | null> {
  const answer = await fetch(`${url}/v1/session/demo`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: "{}",
  });
  return answer.ok ? (answer.headers.get("set-cookie")?.split(";")[0] ?? null) : null;
}

/** Tells a problem as the API worded it: what happened, and how to mend it. */
export function tellProblem({ status, body }: RemoteAnswer): void {
  const { title, detail, mend } = (body ?? {}) as { title?: string; detail?: string; mend?: string };
  err([detail ?? title ?? `the network answered ${status}`, mend].filter(Boolean).join(" "));
  if (status === 401) err("Make a key with ./milepool keys make, and give it with --key or MILEPOOL_KEY.");
}
