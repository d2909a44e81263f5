import { randomBytes, randomUUID, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Accounts, Membership, Person, SignedIn } from "../../commons/governance/ports.ts";
import { sees, permissions } from "../../domain/index.ts";
import { instant } from "../../kernel/quantity.ts";
import { ok, refuse } from "../../kernel/result.ts";
import { firstAdminEmail, newPassword, sessionLasts_ms } from "./words.ts";

const derive = promisify(scrypt) as (password: string, salt: Uint8Array, length: number) => Promise<Buffer>;

interface Known {
  person: Person;
  salt: Buffer;
  hash: Buffer;
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
  const hashed = async (password: string): Promise<Pick<Known, "salt" | "hash">> => {
    const salt = randomBytes(16);
    return { salt, hash: await derive(password, salt, 32) };
  };
  const matches = async (known: Known, password: string): Promise<boolean> =>
    timingSafeEqual(await derive(password, known.salt, 32), known.hash);
  const add = async (
    person: Pick<Person, "email" | "name" | "passwordHandedOut">,
    password: string,
    membership: Membership,
  ): Promise<Known> => {
    const known: Known = {
      person: { id: randomUUID(), active: true, ...person },
      ...(await hashed(password)),
      memberships: new Map([[membership.participant, membership]]),
    };
    people.set(person.email, known);
    return known;
  };
  const byId = (id: string): Known | null => [...people.values()].find(({ person }) => person.id === id) ?? null;
  const must = (id: string): Known => {
    const known = byId(id);
    if (!known) throw new Error(`there is no person ${id}`);
    return known;
  };
  const endSessions = ({ person }: Known): void => {
    for (const [token, { email }] of sessions) if (email === person.email) sessions.delete(token);
  };
  const renew = async (known: Known, password: string, passwordHandedOut: boolean): Promise<void> => {
    Object.assign(known, await hashed(password), { person: { ...known.person, passwordHandedOut } });
    endSessions(known);
  };

  return {
    async signIn(email, password) {
      const known = people.get(email.toLowerCase());
      // Hashing for nobody takes as long as checking for somebody: the time must not tell who exists.
      const right = known ? await matches(known, password) : (await hashed(password)).hash.length === 0;
      if (!known || !right || !known.person.active) return refuse({ code: "WRONG_EMAIL_OR_PASSWORD" });
      return ok(begin(known.person.email));
    },
    async session(token) {
      const session = sessions.get(token);
      const known = session && session.expiresAt > Date.now() ? people.get(session.email) : undefined;
      return known?.person.active ? signedIn(known) : null;
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
      const person = { email: email.toLowerCase(), name, passwordHandedOut: true };
      return { person: signedIn(await add(person, password, membership)), password };
    },
    async person(id) {
      const known = byId(id);
      return known && signedIn(known);
    },
    async changePassword(id, current, next) {
      const known = must(id);
      if (!(await matches(known, current))) return refuse({ code: "WRONG_PASSWORD" });
      await renew(known, next, false);
      return ok(begin(known.person.email));
    },
    async resetPassword(id) {
      const password = newPassword();
      await renew(must(id), password, true);
      return password;
    },
    async setActive(id, active) {
      const known = must(id);
      known.person = { ...known.person, active };
      if (!active) endSessions(known);
    },
    async firstAdmin(given) {
      if (people.size > 0) return null;
      const password = given ?? newPassword();
      const person = { email: firstAdminEmail, name: "Administrator", passwordHandedOut: given === null };
      await add(person, password, { participant: "network", may: permissions });
      return { email: firstAdminEmail, password };
    },
    async close() {
      sessions.clear();
    },
  };
}
