// npm run bench:start [-- clone]: from `npm start` to the first order on the map (budget 20 s) and the first one delivered (60 s), twice: in a new
// home and in a used one; resident memory of the process (700 MB) during the minute after. `clone`: a fresh clone and its install before that (5 min).
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, machine, newFolder, residentMegabytes, root, start } from "./program.ts";

const fresh = process.argv[2] === "clone";
console.log(`bench:start, ${machine()}`);
const folder = newFolder();
const begun = performance.now();
if (fresh) spawnSync("git", ["clone", "-q", root, join(folder, "checkout")], { stdio: "inherit" });
const checkout = fresh ? join(folder, "checkout") : root;
console.log("home   console served  first order  first delivered  then, after 1 min: RSS MB  its peak  delivered");
for (const home of ["new", "used"]) await once(home, home === "new" && fresh ? begun : performance.now());
rmSync(folder, { recursive: true });

async function once(home: string, since: number): Promise<void> {
  const port = await freePort();
  const demo = start("npm", ["start", "--prefix", checkout], {
    PORT: String(port),
    MILEPOOL_HOME: join(folder, "home"),
  });
  const url = `http://localhost:${port}`;
  const seconds = (): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  await demo.says("is alive at");
  await until(async () => (await fetch(`${url}/readyz`)).ok);
  const served = seconds();
  const session = await fetch(`${url}/v1/session/demo`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: "{}",
  });
  const cookie = session.headers.get("set-cookie")!.split(";")[0]!;
  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await fetch(`${url}${path}`, { headers: { cookie } })).json()) as Answer;
  await until(async () => (await get<{ legs: unknown[] }>("/v1/live")).legs.length > 0);
  const seen = seconds();
  const delivered = async () =>
    (await get<{ counts: Record<string, number> }>("/v1/orders?limit=1")).counts["delivered"] ?? 0;
  await until(async () => (await delivered()) > 0);
  const first = seconds();
  let peak = 0;
  let now = 0;
  const program = listener(port);
  for (let i = 0; i < 30; i++) {
    await wait(2000);
    now = residentMegabytes(program);
    peak = Math.max(peak, now);
  }
  console.log(
    `${home.padEnd(7)}${served.padStart(14)}${seen.padStart(13)}${first.padStart(17)}${String(now).padStart(27)}${String(peak).padStart(10)}${String(await delivered()).padStart(11)}`,
  );
  process.kill(program, "SIGTERM");
  await demo.stop();
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 600_000; Date.now() < end; await wait(100)) if (await done().catch(() => false)) return;
  throw new Error("not within ten minutes");
}

/** npm and its shell stand before the program: the one that listens is meant. */
function listener(port: number): number {
  const { stdout } = spawnSync("ss", ["-ltnpH", `sport = :${port}`], { encoding: "utf8" });
  return Number(/pid=(\d+)/.exec(stdout)?.[1]);
}
