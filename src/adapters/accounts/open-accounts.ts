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

/** A person beside one of its memberships. */
interface Row extends Person {
  readonly participant: Membership["participant"] | null;
  readonly may: Permission[] | null;
}
const columns =
  'p.id, p.email, p.name, p.disabled_at is null as active, p.password_handed_out as "passwordHandedOut", m.participant, m.may';

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

  const personOf = async (id: string): Promise<SignedIn | null> => {
    const { rows } = await pool.query<Row>(
      `select ${columns} from person p left join person_membership m on m.person_id = p.id where p.id = $1 order by m.participant`,
      [id],
    );
    return grouped(rows)[0] ?? null;
  };
  const must = async (id: string): Promise<SignedIn> => {
    const person = await personOf(id);
    if (person === null) throw new Error(`there is no person ${id}`);
    return person;
  };

  const add = async (email: string, name: string, password: string, handedOut: boolean): Promise<string> => {
    const { id } = await internalAdapter.createUser(
      { email, name, emailVerified: false },
      { method: "email-password" },
    );
    await internalAdapter.linkAccount({
      userId: id,
      providerId: "credential",
      accountId: id,
      password: await passwords.hash(password),
    });
    await pool.query("update person set password_handed_out = $2 where id = $1", [id, handedOut]);
    return id;
  };

  const renew = async (id: string, password: string, handedOut: boolean): Promise<void> => {
    await internalAdapter.updatePassword(id, await passwords.hash(password));
    await pool.query("update person set password_handed_out = $2, updated_at = now() where id = $1", [id, handedOut]);
    await internalAdapter.deleteUserSessions(id);
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
      const known = right && found ? await personOf(found.user.id) : null;
      return known?.person.active ? ok(await begin(known.person.id)) : refuse({ code: "WRONG_EMAIL_OR_PASSWORD" });
    },
    async session(token) {
      const found = await internalAdapter.findSession(hashed(token));
      const known = found && found.session.expiresAt.getTime() > Date.now() ? await personOf(found.user.id) : null;
      return known?.person.active ? known : null;
    },
    signOut: (token) => internalAdapter.deleteSession(hashed(token)),
    async demoSession() {
      const { rows } = await pool.query<{ person_id: string }>(
        `select p.id as person_id from person p join person_membership m on m.person_id = p.id
         where m.participant = 'network' order by p.created_at, p.id limit 1`,
      );
      if (!rows[0]) throw new Error("there is no operator yet: call firstAdmin first");
      return begin(rows[0].person_id);
    },
    async people({ viewer }) {
      const { rows } = await pool.query<Row>(
        `select ${columns} from person p join person_membership m on m.person_id = p.id
         where $1 = 'network' or m.participant = $1 order by p.email, m.participant`,
        [viewer],
      );
      return grouped(rows);
    },
    knows: async (email) => (await internalAdapter.findUserByEmail(email.toLowerCase())) !== null,
    async admit(email, name, membership) {
      const found = await internalAdapter.findUserByEmail(email.toLowerCase());
      const password = found ? null : newPassword();
      const id = found?.user.id ?? (await add(email.toLowerCase(), name, password!, true));
      await join(id, membership);
      return { person: await must(id), password };
    },
    person: personOf,
    async changePassword(id, current, next) {
      const hash = (await internalAdapter.findCredentialAccount(id))?.password;
      if (!hash || !(await passwords.verify({ hash, password: current }))) return refuse({ code: "WRONG_PASSWORD" });
      await renew(id, next, false);
      return ok(await begin(id));
    },
    async resetPassword(id) {
      const password = newPassword();
      await renew(id, password, true);
      return password;
    },
    async setActive(id, active) {
      await pool.query("update person set disabled_at = case when $2 then null else now() end where id = $1", [
        id,
        active,
      ]);
      if (!active) await internalAdapter.deleteUserSessions(id);
    },
    async firstAdmin(given) {
      const { rows } = await pool.query("select 1 from person_membership where participant = 'network' limit 1");
      if (rows.length > 0) return null;
      const password = given ?? newPassword();
      const id = await add(firstAdminEmail, "Administrator", password, given === null);
      await join(id, { participant: "network", may: permissions });
      return { email: firstAdminEmail, password };
    },
    close: () => Promise.resolve(),
  };
}

/** Rows of the same person together, in the order in which they came. */
const grouped = (rows: readonly Row[]): readonly SignedIn[] =>
  [...Map.groupBy(rows, ({ id }) => id).values()].map((group) => {
    const { id, email, name, active, passwordHandedOut } = group[0]!;
    return {
      person: { id, email, name, active, passwordHandedOut },
      memberships: group.flatMap(({ participant, may }) => (participant && may ? [{ participant, may }] : [])),
    };
  });
