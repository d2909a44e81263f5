import { CommandRefused, WrongUse } from "./words.ts";

/** A running network as a command speaks to it: by its public address and an API key. */
export interface Remote {
  readonly url: string;
  readonly key: string | null;
}

export const remoteOptions = { url: { type: "string" }, key: { type: "string" } } as const;

export const remoteHelp = `  --url   the network's address; MILEPOOL_PUBLIC_URL or http://localhost:8080 when left out
  --key   an API key; MILEPOOL_KEY when left out; a demo on this machine needs none`;

/** Throws WrongUse where the address is none. */
export function remoteOf(values: { readonly url?: string; readonly key?: string }): Remote {
  const url = values.url ?? process.env["MILEPOOL_PUBLIC_URL"] ?? `http://localhost:${process.env["PORT"] ?? 8080}`;
  if (!/^https?:[/][/]/i.test(url) || !URL.canParse(url))
    throw new WrongUse(`"${url}" is no network's address: give one such as http://localhost:8080 with --url.`);
  return { url: url.replace(/\/+$/, ""), key: values.key ?? process.env["MILEPOOL_KEY"] ?? null };
}

interface RemoteAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

/** What the network answers. Throws CommandRefused when it refuses, or does not answer. */
export async function ask(
  remote: Remote,
  method: string,
  path: string,
  body?: { readonly type: string; readonly text: string },
): Promise<unknown> {
  const answer = await call(remote, method, path, body).catch(() => {
    throw nobodyAt(remote);
  });
  if (!answer.ok) throw refusal(answer);
  return answer.body;
}

/** Nobody listens at the address. */
export const nobodyAt = ({ url }: Remote): CommandRefused =>
  new CommandRefused({
    code: "NOBODY_ANSWERS",
    detail: `Nothing answers at ${url}.`,
    mend: "Start the network first (npm start, or ./milepool start), or name another one with --url.",
  });

async function call(
  remote: Remote,
  method: string,
  path: string,
  body?: { readonly type: string; readonly text: string },
): Promise<RemoteAnswer> {
  const cookie = remote.key ? null : await demoCookie(remote);
  const headers = {
    ...(remote.key ? { authorization: `Bearer ${remote.key}` } : {}),
    ...(cookie ? { cookie, origin: remote.url } : {}),
    ...(body ? { "content-type": body.type } : {}),
  };
  const answer = await fetch(`${remote.url}${path}`, { method, headers, ...(body ? { body: body.text } : {}) });
  const text = await answer.text();
  return { ok: answer.ok, status: answer.status, body: text === "" ? null : parse(text) };
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

/** The problem as the API worded it; whoever has no key is told how to get one. */
export function refusal({ status, body }: RemoteAnswer): CommandRefused {
  const { code, title, detail, mend } = (body ?? {}) as {
    code?: string;
    title?: string;
    detail?: string;
    mend?: string;
  };
  const key = status === 401 ? "Make a key with ./milepool keys make, and give it with --key or MILEPOOL_KEY." : null;
  return new CommandRefused({
    code: code ?? `HTTP_${status}`,
    detail: detail ?? title ?? `The network answered ${status}.`,
    mend: [mend, key].filter(Boolean).join(" "),
  });
}
