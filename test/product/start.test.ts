import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Client } from "pg";
import { startEmbedded } from "../../src/adapters/postgres/index.ts";
import { millportFile } from "../../simulators/city/millport/index.ts";
import { isId } from "../../src/kernel/id.ts";
import { freePort, milepool, newHome, run, stop } from "./program.ts";

const home = newHome();
let env: Readonly<Record<string, string>>;
before(async () => {
  env = {
    MILEPOOL_HOME: home,
    MILEPOOL_CITY: await millportFile(join(home, "cities"), 1, 2000),
    PORT: String(await freePort()),
  };
});
after(() => rmSync(home, { recursive: true }));

const commands = ["start", "import", "orders", "keys", "people", "solve", "simulate", "simulators", "city", "doctor"];

/** One clear sentence, or two: what happened and how to mend it; no stack, and the exit code says that it failed. */
function refused({ code, err }: { readonly code: number | null; readonly err: string }, what: RegExp): void {
  assert.equal(code, 1, err);
  assert.match(err, what);
  assert.doesNotMatch(err, /\n +at |Error:/, "no stack trace");
  assert.ok(err.trim().split("\n").length <= 2, `more than a sentence: ${err}`);
}

test("a command that does not exist is wrong use", async () => {
  const { code, out, err } = await milepool(["fly"]);
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /unknown command "fly"/);
});

test("--help lists the commands, and each explains itself with an example", async () => {
  const whole = await milepool(["--help"]);
  assert.equal(whole.code, 0);
  for (const name of commands) {
    assert.match(whole.out, new RegExp(`^  ${name} `, "m"));
    const { code, out } = await milepool([name, "--help"]);
    assert.equal(code, 0, `${name} --help`);
    assert.match(out, new RegExp(`^(?:usage: )?(?:[.]/)?milepool ${name}`), out);
    for (const [id] of out.matchAll(/participant_\w+/g)) assert.ok(isId("participant", id), `${id} is no id`);
    assert.match(out, /example|^ {2}(?:[.]\/)?milepool /m, `${name} --help shows no example`);
  }
});

test("an option that does not exist is wrong use, everywhere", async () => {
  for (const name of commands) assert.equal((await milepool([name, "--no-such-thing"], env)).code, 2, name);
});

test("with --json standard output is one document", async () => {
  const unread = await milepool(["solve", "/no/such.vrp", "--json"], env);
  assert.deepEqual([unread.code, JSON.parse(unread.out).faults[0].what], [1, "there is no such file"]);
  const city = await milepool(["city", "show", env["MILEPOOL_CITY"]!, "--json"], env);
  assert.equal(typeof JSON.parse(city.out), "object", city.err);
  const none = await milepool(["orders", "--json"], env);
  const problem = JSON.parse(none.out) as Record<string, string>;
  assert.deepEqual(
    [none.code, problem["code"], Object.keys(problem)],
    [1, "NOBODY_ANSWERS", ["code", "detail", "mend"]],
  );
  assert.match(none.err, /Nothing answers at/);
  const start = await milepool(["start", "--json"], { ...env, PORT: "lots" });
  assert.deepEqual([start.code, JSON.parse(start.out).code], [1, "NOT_POSSIBLE_HERE"], start.err);
});

test("an address that is none is wrong use", async () => {
  for (const command of [["orders"], ["keys", "list"]]) {
    const { code, out, err } = await milepool([...command, "--url", "notaurl"], env);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^"notaurl" is no network's address: .*\n$/);
  }
});

test("a port that is in use is refused before anything is started", async () => {
  const other = createServer().listen(Number(env["PORT"]), "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  refused(await milepool(["start"], env), /Port \d+ is in use/);
  const demo = run("src/main/demo.ts", [], env);
  refused({ code: await demo.over, err: demo.err() }, /Port \d+ is in use/);
  other.close();
});

test("settings that make no sense are named, with what would do", async () => {
  refused(await milepool(["start"], { ...env, PORT: "lots" }), /PORT is "lots": give a whole number/);
  refused(await milepool(["start"], { ...env, PORT: "70000" }), /PORT is "70000"/);
  refused(await milepool(["start"], { ...env, MILEPOOL_CITY: "/no/such.osm.pbf" }), /\/no\/such[.]osm[.]pbf/);
  refused(await milepool(["start"], { ...env, MILEPOOL_CITY_ZONE: "Mars/Base" }), /MILEPOOL_CITY_ZONE is "Mars\/Base"/);
});

test("a home that cannot be made is one sentence", async () => {
  // Below a file there is no folder, not even for root.
  refused(await milepool(["start"], { ...env, MILEPOOL_HOME: join(env["MILEPOOL_CITY"]!, "home") }), /MILEPOOL_HOME/);
});

test("a database that does not answer is one sentence", async () => {
  const dead = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
  refused(
    await milepool(["start"], { ...env, DATABASE_URL: dead }),
    /store at 127[.]0[.]0[.]1:\d+ failed: .*ECONNREFUSED/,
  );
});

test("a store that a newer version has written is left alone", async () => {
  const network = run("src/main/cli.ts", ["start", "--json"], env);
  await network.printed("}\n");
  assert.deepEqual(Object.keys(JSON.parse(network.out()) as object), ["url"], "standard output is one document");
  assert.equal(await stop(network), 0, network.err());

  await inStore(async (client) =>
    client.query("insert into schema_version (version, name) values (9999, '9999-flying')"),
  );
  refused(await milepool(["start"], env), /newer version of Milepool.*9999-flying/);
  await inStore(async (client) => client.query("delete from schema_version where version = 9999"));
  const again = run("src/main/cli.ts", ["start"], env);
  await again.printed("is running at");
  assert.equal(await stop(again), 0, again.err());
});

test("whoever interrupts the whole group, as Ctrl+C does, sees an orderly end", async () => {
  const network = run("src/main/cli.ts", ["start"], env);
  await network.printed("is running at");
  process.kill(-network.child.pid!, "SIGINT");
  assert.equal(await network.over, 0, network.err());
  assert.doesNotMatch(network.err(), /\n +at /, "no stack trace");
});

test("a second network on the same store is told so", async () => {
  const first = run("src/main/cli.ts", ["start"], env);
  await first.printed("is running at");
  refused(await milepool(["start"], { ...env, PORT: String(await freePort()) }), /in use|running/);
  assert.equal(await stop(first), 0, first.err());
});

test("a second demo in the same folder is told where the first one is", async () => {
  const first = run("src/main/demo.ts", [], env);
  await first.printed("is alive at");
  const second = run("src/main/demo.ts", [], { ...env, PORT: String(await freePort()) });
  refused({ code: await second.over, err: second.err() }, /A demo is running here already/);
  const ana = ["people", "add", "ana@shop.example", "--name", "Ana", "--for", "network", "--json"];
  const added = await milepool(ana, env);
  assert.equal(added.code, 0, added.err);
  const { person, password } = JSON.parse(added.out) as { person: { id: string }; password: string };
  assert.match(password, /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  const out = await milepool(["people", "disable", person.id], env);
  assert.match(out.out, /ana@shop[.]example {2}Ana {2}for network {2}kept out/, out.err);
  refused(await milepool(["people", "reset", "nobody"], env), /no such person/);
  const made = await milepool(["keys", "make", "--name", "till", "--json"], env);
  const { key } = JSON.parse(made.out) as { key: { id: string; participant: string } };
  const keys = await milepool(["keys", "list"], env);
  assert.ok(keys.out.includes(`${key.id}  till  for ${key.participant}\n`), keys.out + made.err);
  const unknown = await milepool(["orders", "show", "order_00000000000000000000000000", "--json"], env);
  assert.deepEqual([unknown.code, JSON.parse(unknown.out).code], [1, "ORDER_NOT_FOUND"], unknown.err);
  const doctor = await milepool(["doctor", "--json"], env);
  const { findings } = JSON.parse(doctor.out) as { findings: readonly { what: string; ok: boolean; detail: string }[] };
  const port = findings.find(({ what }) => what === "PORT")!;
  assert.deepEqual([port.ok, port.detail], [true, `Milepool itself listens on 127.0.0.1:${env["PORT"]}`]);
  const list = await milepool(["orders", "--limit", "2", "--json"], env);
  assert.equal(list.code, 0, list.err);
  assert.ok(Array.isArray((JSON.parse(list.out) as { orders: unknown }).orders), "the demo lets its own machine in");
  assert.equal(await stop(first), 0, first.err());
});

async function inStore(work: (client: Client) => Promise<unknown>): Promise<void> {
  const { host, port, user, stop: end } = await startEmbedded({ home: join(home, "network") });
  const client = new Client({ host, port, user, database: "milepool" });
  await client.connect();
  await work(client);
  await client.end();
  await end();
}
