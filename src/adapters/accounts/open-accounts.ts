import { join } from "node:path";
import { createHash, randomBytes } from "node:crypto";
import { betterAuth } from "better-auth";
import type { Pool } from "pg";
import type { Accounts, Membership, NewSession, Person, SignedIn } from "../../commons/governance/ports.ts";
import { permissions, type Permission } from "../../domain/index.ts";
import { instant } from "../../kernel/quantity.ts";
import { ok, refuse } from "../../kernel/result.ts";
import { betterAuthOptions } from "./better-auth-options.ts";
import { firstAdminEmail, newPassword, sessionLasts_ms } from "./words.ts";

export interface AccountsParts {
  readonly pool: Pool;
  /** At least 32 characters, the same at every start. Sessions do not hang on it: their tokens are chance, stored as hashes. */
  readonly secret: string;
  readonly baseUrl: string;
}

type Row = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly participant: Membership["participant"];
  readonly may: Permission[];
};

const hashed = (token: string): string => createHash("sha256").update(token).digest("hex");

/** The folder of our migrations, for whoever opens the store whose tables we share: `openPostgresStore({ migrations: [accountsMigrations] })`. */
export const accountsMigrations = join(import.meta.dirname, "migrations");

/** People in PostgreSQL, in the tables that `accountsMigrations` makes. */
export async function openAccounts({ pool, secret, baseUrl }: AccountsParts): Promise<Accounts> {
  const { internalAdapter, password: passwords } = await betterAuth(betterAuthOptions(pool, secret, baseUrl)).$context;

  /** The browser gets the token, the table its hash. */
  const begin = async (personId: string): Promise<NewSession> => {
    const token = randomBytes(32).toString("base64url");
    const expiresAt = new Date(Date.now() + sessionLasts_ms);
    await internalAdapter.createSession(personId, false, { token: hashed(token), expiresAt }, true);
    return { token, expiresAt: instant(expiresAt.getTime()) };
  };

  const signedIn = async (person: Person): Promise<SignedIn> => {
    const { rows } = await pool.query<Membership>(
      "select participant, may from person_membership where person_id = $1 order by participant",
      [person.id],
    );
    return { person: { id: person.id, email: person.email, name: person.name }, memberships: rows };
  };

  const add = async (email: string, name: string, password: string): Promise<Person> => {
    const person = await internalAdapter.createUser(
      { email, name, emailVerified: false },
      { method: "email-password" },
    );
    await internalAdapter.linkAccount({
      userId: person.id,
      providerId: "credential",
      accountId: person.id,
      password: await passwords.hash(password),
    });
    return person;
  };

  const join = async (personId: string, { participant, may }: Membership): Promise<void> => {
    const upsert =
      "insert into person_membership (person_id, participant, may) values ($1, $2, $3) on conflict (person_id, participant) do update set may = excluded.may";
    await pool.query(upsert, [personId, participant, [...may]]);
  };

  return {
    async signIn(email, password) {
      const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
      const hash = found?.accounts.find(({ providerId }) => providerId === "credential")?.password;
      // Hashing for nobody takes as long as checking for somebody: the time must not tell who exists.
      const right =
        found && hash ? await passwords.verify({ hash, password }) : (await passwords.hash(password)) === "";
      return right && found ? ok(await begin(found.user.id)) : refuse({ code: "WRONG_EMAIL_OR_PASSWORD" });
    },
    async session(token) {
      const found = await internalAdapter.findSession(hashed(token));
      return found && found.session.expiresAt.getTime() > Date.now() ? signedIn(found.user) : null;
    },
    signOut: (token) => internalAdapter.deleteSession(hashed(token)),
    async demoSession() {
      const { rows } = await pool.query<{ person_id: string }>(
        "select person_id from person_membership where participant = 'network' order by person_id limit 1",
      );
      if (!rows[0]) throw new Error("there is no operator yet: call firstAdmin first");
      return begin(rows[0].person_id);
    },
    async people({ viewer }) {
      const { rows } = await pool.query<Row>(
        `select p.id, p.email, p.name, m.participant, m.may from person p join person_membership m on m.person_id = p.id
         where $1 = 'network' or m.participant = $1 order by p.email, m.participant`,
        [viewer],
      );
      return [...Map.groupBy(rows, ({ id }) => id).values()].map((group) => ({
        person: { id: group[0]!.id, email: group[0]!.email, name: group[0]!.name },
        memberships: group.map(({ participant, may }) => ({ participant, may })),
      }));
    },
    knows: async (email) => (await internalAdapter.findUserByEmail(email.toLowerCase())) !== null,
    async admit(email, name, membership) {
      const found = await internalAdapter.findUserByEmail(email.toLowerCase());
      const password = found ? null : newPassword();
      const person = found?.user ?? (await add(email.toLowerCase(), name, password!));
      await join(person.id, membership);
      return { person: await signedIn(person), password };
    },
    async firstAdmin(given) {
      const { rows } = await pool.query("select 1 from person_membership where participant = 'network' limit 1");
      if (rows.length > 0) return null;
      const password = given ?? newPassword();
      const { id } = await add(firstAdminEmail, "Administrator", password);
      await join(id, { participant: "network", may: permissions });
      return { email: firstAdminEmail, password };
    },
    close: () => Promise.resolve(),
  };
}
