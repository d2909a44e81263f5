import { createHash, randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { SignedIn } from "../../commons/governance/ports.ts";
import { type ApiKey, type Scope } from "../../domain/index.ts";
import { isId } from "../../kernel/id.ts";
import type { ApiParts, Caller } from "./context.ts";
import { Refused } from "./problems.ts";

/** The session's cookie. */
export const cookieName = "milepool_session";
/** How long a key or session once looked up is believed: a revoked key works this much longer. */
const believed_ms = 5000;
const remembered = 10_000;

/** SHA-256 in hexadecimal of the whole key: 256 random bits need no slow hash. */
export const hashKey = (secret: string): string => createHash("sha256").update(secret).digest("hex");
export const newKeySecret = (): string => `mp_${randomBytes(32).toString("base64url")}`;

/** Remembers answers for a short while, misses too, so that a wrong key asked a thousand times costs one look-up. */
function brief<Value>(ask: (name: string) => Promise<Value | null>): {
  get(name: string): Promise<Value | null>;
  drop(name?: string): void;
} {
  const found = new Map<string, { readonly at: number; readonly value: Promise<Value | null> }>();
  return {
    get(name) {
      const known = found.get(name);
      if (known && Date.now() - known.at < believed_ms) return known.value;
      if (found.size >= remembered) found.clear();
      const value = ask(name);
      found.set(name, { at: Date.now(), value });
      value.catch(() => found.delete(name));
      return value;
    },
    drop: (name) => (name === undefined ? found.clear() : void found.delete(name)),
  };
}

/** Tells who asks. */
export interface Doorman {
  /** Null when neither a key nor a session came. Throws `Refused` for a key that does not count, and for a participant one may not act for. */
  callerOf(request: FastifyRequest): Promise<Caller | null>;
  /** Forgets what is remembered: after a sign-out or a revocation. */
  forget(): void;
}

export function openDoorman({ network, accounts }: ApiParts): Doorman {
  const keys = brief<ApiKey>((hash) => network.registry.keyByHash(hash));
  const sessions = brief<SignedIn>((token) => accounts.session(token));
  return {
    forget() {
      keys.drop();
      sessions.drop();
    },
    async callerOf(request) {
      const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
      if (bearer !== undefined) {
        const key = bearer.startsWith("mp_") && bearer.length <= 200 ? await keys.get(hashKey(bearer)) : null;
        if (key === null || key.revokedAt !== null) throw new Refused({ code: "KEY_REFUSED" });
        return {
          how: "key",
          key,
          signedIn: null,
          scope: acting(request, { viewer: key.participant, by: key.id, may: key.may }),
        };
      }
      const token = request.cookies[cookieName];
      const signedIn = token !== undefined && token.length <= 200 ? await sessions.get(token) : null;
      const scope = signedIn && sessionScope(signedIn);
      return scope && { how: "session", key: null, signedIn, scope: acting(request, scope, signedIn) };
    },
  };
}

/** What the person acts as unless it says otherwise: the operator if it is one, else its first participant. */
function sessionScope({ person, memberships }: SignedIn): Scope | null {
  const first = memberships.find(({ participant }) => participant === "network") ?? memberships[0];
  return first ? { viewer: first.participant, by: `person:${person.id}`, may: first.may } : null;
}

/** Who may act for several says for whom, in the header Milepool-As or (links, streams) in the query `as`. */
function acting(request: FastifyRequest, scope: Scope, signedIn: SignedIn | null = null): Scope {
  const header = request.headers["milepool-as"];
  const asked =
    typeof header === "string" && header !== "" ? header : (request.query as { as?: unknown } | undefined)?.as;
  if (typeof asked !== "string" || asked === scope.viewer) return scope;
  if (asked !== "network" && !isId("participant", asked)) throw new Refused({ code: "NOT_YOUR_PARTICIPANT" });
  if (scope.viewer === "network" && asked !== "network") return { ...scope, viewer: asked };
  const membership = signedIn?.memberships.find(({ participant }) => participant === asked);
  if (!membership) throw new Refused({ code: "NOT_YOUR_PARTICIPANT" });
  return { ...scope, viewer: asked, may: membership.may };
}

const thisMachine = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The origins of our own pages: the public address, and where that is this machine, its other names. The header Host is no witness:
 * whoever sends a request writes it.
 */
export function ourOrigins(publicUrl: string): ReadonlySet<string> {
  const { origin, hostname, protocol, port } = new URL(publicUrl);
  if (!thisMachine.includes(hostname)) return new Set([origin]);
  return new Set(thisMachine.map((name) => new URL(`${protocol}//${name}${port && `:${port}`}`).origin));
}

/**
 * A change that rides on a cookie must come from the console's own pages (OWASP CSRF cheat sheet, "Fetch Metadata" and
 * "Verifying origin"). Browsers send at least one of the two headers with every change; what sends neither is a program, which has keys.
 */
export function fromOurPages({ headers }: FastifyRequest, origins: ReadonlySet<string>): boolean {
  if (headers.origin !== undefined) return origins.has(headers.origin);
  return headers["sec-fetch-site"] === "same-origin";
}

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Whether somebody sits at this machine: a loopback connection, no proxy in between, and a name that no foreign page can borrow (DNS rebinding). */
export function fromThisMachine(request: FastifyRequest): boolean {
  if (!loopback.has(request.socket.remoteAddress ?? "")) return false;
  if (request.headers["x-forwarded-for"] !== undefined || request.headers["forwarded"] !== undefined) return false;
  const name = (request.headers.host ?? "").replace(/:\d+$/, "");
  return name === "localhost" || name === "127.0.0.1" || name === "[::1]";
}
