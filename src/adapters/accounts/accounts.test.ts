import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before, describe } from "node:test";
import { cipherWith } from "../vault/index.ts";
import { openPostgresStore, startEmbedded, type EmbeddedServer, type PostgresStore } from "../postgres/index.ts";
import type { Accounts } from "../../commons/governance/ports.ts";
import { permissions, type Scope } from "../../domain/index.ts";
import { accountsMigrations, openAccounts, openMemoryAccounts } from "./index.ts";

const harbour = "participant_01j000000000000000000000ha";
const mill = "participant_01j000000000000000000000m1";
const scope = (viewer: Scope["viewer"]): Scope => ({ viewer, by: "test", may: permissions });

/** What every implementation must do; each gets fresh people. */
function accountsContract(name: string, open: () => Promise<Accounts>): void {
  describe(name, () => {
    let accounts: Accounts;
    before(async () => {
      accounts = await open();
    });
    after(() => accounts.close());

    test("A1 the first operator is made once, with the password given or one of 100 bits", async () => {
      const first = await accounts.firstAdmin(null);
      assert.match(first?.password ?? "", /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
      assert.equal(await accounts.firstAdmin("another"), null);
      const session = await accounts.signIn(first!.email.toUpperCase(), first!.password);
      assert.ok(session.ok);
      const signedIn = await accounts.session(session.value.token);
      assert.deepEqual(signedIn?.memberships, [{ participant: "network", may: [...permissions] }]);
    });

    test("A2 a wrong password and an unknown address get the same answer", async () => {
      const wrong = await accounts.signIn("admin@milepool.local", "wrong");
      assert.deepEqual(wrong, { ok: false, refusal: { code: "WRONG_EMAIL_OR_PASSWORD" } });
      assert.deepEqual(await accounts.signIn("nobody@example.org", "wrong"), wrong);
    });

    test("A3 somebody admitted signs in with the password shown once, and acts for the participants given", async () => {
      const { person, password } = await accounts.admit("Ana@example.org", "Ana", {
        participant: harbour,
        may: ["orders:read"],
      });
      assert.ok(password);
      const again = await accounts.admit("ana@example.org", "Ana", { participant: mill, may: ["orders:write"] });
      assert.equal(again.password, null);
      assert.equal(again.person.person.id, person.person.id);
      const session = await accounts.signIn("ana@EXAMPLE.org", password);
      assert.ok(session.ok);
      const signedIn = await accounts.session(session.value.token);
      assert.deepEqual(new Set(signedIn?.memberships.map(({ participant }) => participant)), new Set([harbour, mill]));
    });

    test("A4 people are seen with the memberships of the one who looks", async () => {
      const seen = await accounts.people(scope(mill));
      assert.deepEqual(
        seen.map(({ person, memberships }) => [person.email, memberships]),
        [["ana@example.org", [{ participant: mill, may: ["orders:write"] }]]],
      );
      assert.equal((await accounts.people(scope("network"))).length, 2);
    });

    test("A7 a password of one's own replaces the one handed out, and ends all other sessions", async () => {
      const { person, password } = await accounts.admit("Bo@example.org", "Bo", {
        participant: harbour,
        may: ["orders:read"],
      });
      const { id } = person.person;
      assert.deepEqual([person.person.active, person.person.passwordHandedOut], [true, true]);
      const before = await accounts.signIn("bo@example.org", password!);
      assert.ok(before.ok);
      assert.deepEqual(await accounts.changePassword(id, "not this one", "bo's own password"), {
        ok: false,
        refusal: { code: "WRONG_PASSWORD" },
      });
      const changed = await accounts.changePassword(id, password!, "bo's own password");
      assert.ok(changed.ok);
      assert.equal((await accounts.session(changed.value.token))?.person.passwordHandedOut, false);
      assert.equal(await accounts.session(before.value.token), null);
      assert.equal((await accounts.signIn("bo@example.org", password!)).ok, false);

      const reset = await accounts.resetPassword(id);
      assert.equal(await accounts.session(changed.value.token), null);
      assert.equal((await accounts.signIn("bo@example.org", "bo's own password")).ok, false);
      assert.equal((await accounts.signIn("bo@example.org", reset)).ok, true);
      assert.equal((await accounts.person(id))?.person.passwordHandedOut, true);
    });

    test("A8 who is kept out has no session and gets none, until let in again", async () => {
      const { person, password } = await accounts.admit("eva@example.org", "Eva", {
        participant: harbour,
        may: ["orders:read"],
      });
      const { id } = person.person;
      const session = await accounts.signIn("eva@example.org", password!);
      assert.ok(session.ok);
      await accounts.setActive(id, false);
      assert.equal(await accounts.session(session.value.token), null);
      assert.equal((await accounts.signIn("eva@example.org", password!)).ok, false);
      await accounts.setActive(id, true);
      assert.equal(await accounts.session(session.value.token), null);
      assert.equal((await accounts.signIn("eva@example.org", password!)).ok, true);
      assert.equal(await accounts.person("nobody"), null);
    });

    test("A5 a session ends with the sign-out, and no other does", async () => {
      const [one, two] = [await accounts.demoSession(), await accounts.demoSession()];
      assert.notEqual(one.token, two.token);
      await accounts.signOut(one.token);
      assert.equal(await accounts.session(one.token), null);
      assert.ok(await accounts.session(two.token));
      assert.equal(await accounts.session("made up"), null);
    });

    test("A9 the demo's session is the first operator's, whoever was let in later", async () => {
      const first = (await accounts.session((await accounts.demoSession()).token))!.person;
      for (const name of ["Abe", "Bea", "Cyd", "Dov"])
        await accounts.admit(`${name.toLowerCase()}@example.org`, name, { participant: "network", may: ["admin"] });
      assert.deepEqual((await accounts.session((await accounts.demoSession()).token))!.person, first);
    });
  });
}

accountsContract("in memory", async () => openMemoryAccounts());

describe("in PostgreSQL", () => {
  let server: EmbeddedServer;
  let store: PostgresStore;
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "milepool-accounts-"));
    server = await startEmbedded({ home, durable: false });
    const { host, port, user } = server;
    store = await openPostgresStore({
      database: { host, port, user, database: "postgres" },
      vault: { cipher: cipherWith(new Uint8Array(32)) },
      migrations: [accountsMigrations],
    });
  });
  after(async () => {
    await store.close();
    await server.stop();
    await rm(home, { recursive: true });
  });

  accountsContract("as better-auth keeps them", () =>
    openAccounts({ pool: store.pool, secret: "0123456789abcdef0123456789abcdef", baseUrl: "http://localhost:8080" }),
  );

  test("A6 neither the token of a session nor a password stands in the tables", async () => {
    const accounts = await openAccounts({
      pool: store.pool,
      secret: "0123456789abcdef0123456789abcdef",
      baseUrl: "http://localhost:8080",
    });
    const { token } = await accounts.demoSession();
    const { password } = await accounts.admit("rui@example.org", "Rui", { participant: harbour, may: ["orders:read"] });
    for (const table of ["person", "person_session", "person_credential"]) {
      const { rows } = await store.pool.query(`select * from ${table}`);
      const text = JSON.stringify(rows);
      assert.ok(!text.includes(token) && !text.includes(password!), `${table} holds a secret`);
    }
  });
});
