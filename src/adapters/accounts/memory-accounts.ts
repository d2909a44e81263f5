import { randomBytes, randomUUID, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Accounts, Membership, Person, SignedIn } from "../../commons/governance/ports.ts";
import { sees, permissions } from "../../domain/index.ts";
import { instant } from "../../kernel/quantity.ts";
import { ok, refuse } from "../../kernel/result.ts";
import { firstAdminEmail, newPassword, sessionLasts_ms } from "./words.ts";

const derive = promisify(scrypt) as (password: string, salt: Uint8Array, length: number) => Promise<Buffer>;

interface Known {
  readonly person: Person;
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly memberships: Map<Membership["participant"], Membership>;
}

/** People in memory, for tests and for a network without a store of its own. */
export function openMemoryAccounts(): Accounts {
  const people = new Map<string, Known>();
  const sessions = new Map<string, { readonly email: string; readonly expiresAt: number }>();

  const signedIn = ({ person, memberships }: Known): SignedIn => ({ person, memberships: [...memberships.values()] });
  const begin = (email: string) => {
    const token = randomBytes(32).toString("base64url");
    const expiresAt = Date.now() + sessionLasts_ms;
    sessions.set(token, { email, expiresAt });
    return { token, expiresAt: instant(expiresAt) };
  };
  const add = async (email: string, name: string, password: string, membership: Membership): Promise<Known> => {
    const salt = randomBytes(16);
    const known: Known = {
      person: { id: randomUUID(), email, name },
      salt,
      hash: await derive(password, salt, 32),
      memberships: new Map([[membership.participant, membership]]),
    };
    people.set(email, known);
    return known;
  };

  return {
    async signIn(email, password) {
      const known = people.get(email.toLowerCase());
      const salt = known?.salt ?? Buffer.alloc(16);
      const given = await derive(password, salt, 32);
      if (!known || !timingSafeEqual(given, known.hash)) return refuse({ code: "WRONG_EMAIL_OR_PASSWORD" });
      return ok(begin(known.person.email));
    },
    async session(token) {
      const session = sessions.get(token);
      const known = session && session.expiresAt > Date.now() ? people.get(session.email) : undefined;
      return known ? signedIn(known) : null;
    },
    async signOut(token) {
      sessions.delete(token);
    },
    async demoSession() {
      const operator = [...people.values()].find(({ memberships }) => memberships.has("network"));
      if (!operator) throw new Error("there is no operator yet: call firstAdmin first");
      return begin(operator.person.email);
    },
    async people(scope) {
      return [...people.values()].flatMap((known): readonly SignedIn[] => {
        const seen = [...known.memberships.values()].filter(({ participant }) =>
          participant === "network" ? scope.viewer === "network" : sees(scope, participant),
        );
        return seen.length > 0 ? [{ person: known.person, memberships: seen }] : [];
      });
    },
    knows: (email) => Promise.resolve(people.has(email.toLowerCase())),
    async admit(email, name, membership) {
      const known = people.get(email.toLowerCase());
      if (known) {
        known.memberships.set(membership.participant, membership);
        return { person: signedIn(known), password: null };
      }
      const password = newPassword();
      return { person: signedIn(await add(email.toLowerCase(), name, password, membership)), password };
    },
    async firstAdmin(given) {
      if (people.size > 0) return null;
      const password = given ?? newPassword();
      await add(firstAdminEmail, "Administrator", password, { participant: "network", may: permissions });
      return { email: firstAdminEmail, password };
    },
    async close() {
      sessions.clear();
    },
  };
}
