import type { CookieSerializeOptions } from "@fastify/cookie";
import type { NewSession, SignedIn } from "../../../commons/governance/ports.ts";
import type { Scope } from "../../../domain/index.ts";
import type { SessionView } from "../contract.ts";
import type { Api, Asked, Caller } from "../context.ts";
import { must, Refused } from "../problems.ts";
import type { Directory } from "../views.ts";
import { cookieName, fromThisMachine } from "../who.ts";

const cookie = (api: Api): CookieSerializeOptions => ({
  path: "/",
  httpOnly: true,
  sameSite: "lax",
  secure: api.publicUrl.startsWith("https:"),
});

const networkView = { id: "network", name: "The network's operator", roles: [] as string[] } as const;
const view = (directory: Directory, id: Scope["viewer"]): SessionView["views"][number] => {
  if (id === "network") return { ...networkView, roles: [] };
  const participant = directory.get(id);
  return { id, name: participant?.name ?? id, roles: [...(participant?.roles ?? [])] };
};

function sessionView(api: Api, directory: Directory, caller: Caller | null): SessionView {
  const { demo } = api.network;
  if (!caller) return { person: null, viewer: null, may: [], views: [], demo, version: api.version };
  const { id, name } = view(directory, caller.scope.viewer);
  return {
    person: caller.signedIn && personIn(caller.signedIn),
    viewer: { id, name },
    may: [...caller.scope.may],
    views: viewsOf(directory, caller),
    demo,
    version: api.version,
  };
}

const personIn = ({ person: { id, email, name, passwordHandedOut } }: SignedIn): SessionView["person"] => ({
  id,
  email,
  name,
  passwordHandedOut,
});

/** The operator may act for everyone, others for those they belong to. */
function viewsOf(directory: Directory, { scope, signedIn, key }: Caller): SessionView["views"] {
  const ids = signedIn
    ? signedIn.memberships.map(({ participant }) => participant)
    : [key?.participant ?? scope.viewer];
  const all = ids.includes("network") ? (["network", ...directory.keys()] as const) : ids;
  return all.map((id) => view(directory, id));
}

export const session = async (api: Api, { caller }: Asked<"session">): Promise<SessionView> =>
  sessionView(api, await api.directory(), caller);

async function begin(
  api: Api,
  { reply }: Pick<Asked<"signIn">, "reply">,
  { token, expiresAt }: NewSession,
): Promise<SessionView> {
  const signedIn = await api.accounts.session(token);
  const first = signedIn?.memberships.find(({ participant }) => participant === "network") ?? signedIn?.memberships[0];
  // Somebody without a membership is nobody here, and learns no more than with a wrong password.
  if (!signedIn || !first) throw new Refused({ code: "WRONG_EMAIL_OR_PASSWORD" });
  // A session lives by the clock on the wall, whatever the demo's clock shows.
  void reply.setCookie(cookieName, token, { ...cookie(api), expires: new Date(expiresAt) });
  const scope: Scope = { viewer: first.participant, by: `person:${signedIn.person.id}`, may: first.may };
  return sessionView(api, await api.directory(), { how: "session", scope, signedIn, key: null });
}

export async function signIn(api: Api, asked: Asked<"signIn">): Promise<SessionView> {
  return begin(api, asked, must(await api.accounts.signIn(asked.body.email, asked.body.password)));
}

export async function signInDemo(api: Api, asked: Asked<"signInDemo">): Promise<SessionView> {
  if (!api.network.demo) throw new Refused({ code: "DEMO_ONLY" });
  if (!fromThisMachine(asked.request)) throw new Refused({ code: "NOT_FROM_THIS_MACHINE" });
  return begin(api, asked, await api.accounts.demoSession());
}

/** The one who holds the session chooses; the browser it is done in stays signed in. */
export async function changePassword(
  api: Api,
  asked: Asked<"changePassword">,
  forget: () => void,
): Promise<SessionView> {
  // A route open to everybody is also reached without a caller, and by programs, which have keys.
  const signedIn = (asked.caller as Caller | null)?.signedIn;
  if (!signedIn) throw new Refused({ code: "SIGN_IN_NEEDED" });
  const { current, next } = asked.body;
  if (next === current) throw new Refused({ code: "FIELD_WRONG", field: "next", why: "is the password that is to go" });
  const begun = must(await api.accounts.changePassword(signedIn.person.id, current, next));
  forget();
  return begin(api, asked, begun);
}

export async function signOut(api: Api, { request, reply }: Asked<"signOut">, forget: () => void): Promise<unknown> {
  const token = request.cookies[cookieName];
  if (token !== undefined) await api.accounts.signOut(token);
  forget();
  return reply.clearCookie(cookieName, cookie(api)).code(204).send();
}
