// npm run bench:start [-- clone]: from `npm start` to the first order on the map (budget 20 s) and the first one delivered (60 s), twice: in a new
// home and in a used one; resident memory of the process (700 MB) during the minute after. `clone`: a fresh clone and its install before that (5 min).
// npm run bench:start -- day [MINUTES]: the demo at 60 times the wall's pace for ten minutes, and its memory minute by minute.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, machine, newFolder, residentMegabytes, root, start } from "./program.ts";

const [mode = "", minutes = "10"] = process.argv.slice(2);
const fresh = mode === "clone";
console.log(`bench:start, ${machine()}`);
const folder = newFolder();
const begun = performance.now();
if (mode === "day") {
  await day(Number(minutes));
  rmSync(folder, { recursive: true });
  process.exit(0);
}
if (fresh) spawnSync("git", ["clone", "-q", root, join(folder, "checkout")], { stdio: "inherit" });
const checkout = fresh ? join(folder, "checkout") : root;
console.log("home   console served  first order  first delivered  then, after 1 min: RSS MB  its peak  delivered");
for (const home of ["new", "used"]) await once(home, home === "new" && fresh ? begun : performance.now());
rmSync(folder, { recursive: true });

interface Demo {
  readonly url: string;
  /** The process that listens. */
  readonly program: number;
  get<Answer>(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<void>;
  delivered(): Promise<number>;
  stop(): Promise<void>;
}

async function openDemo(served: () => void = () => undefined): Promise<Demo> {
  const port = await freePort();
  const demo = start("npm", ["start", "--prefix", checkout], {
    PORT: String(port),
    MILEPOOL_HOME: join(folder, "home"),
  });
  const url = `http://localhost:${port}`;
  await demo.says("is alive at");
  await until(async () => (await fetch(`${url}/readyz`)).ok);
  served();
  const headers = { origin: url, "content-type": "application/json" };
  const session = await fetch(`${url}/v1/session/demo`, { method: "POST", headers, body: "{}" });
  const cookie = session.headers.get("set-cookie")!.split(";")[0]!;
  const program = listener(port);
  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await fetch(`${url}${path}`, { headers: { cookie } })).json()) as Answer;
  return {
    url,
    program,
    get,
    post: async (path, body) => {
      const sent = { method: "POST", headers: { ...headers, cookie }, body: JSON.stringify(body) };
      const answer = await fetch(`${url}${path}`, sent);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    },
    delivered: async () =>
      (await get<{ counts: Record<string, number> }>("/v1/orders?limit=1")).counts["delivered"] ?? 0,
    stop: async () => {
      process.kill(program, "SIGTERM");
      await demo.stop();
    },
  };
}

async function once(home: string, since: number): Promise<void> {
  const seconds = (): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  let served = "";
  const demo = await openDemo(() => (served = seconds()));
  await until(async () => (await demo.get<{ legs: unknown[] }>("/v1/live")).legs.length > 0);
  const seen = seconds();
  await until(async () => (await demo.delivered()) > 0);
  const first = seconds();
  let peak = 0;
  let now = 0;
  for (let i = 0; i < 30; i++) {
    await wait(2000);
    now = residentMegabytes(demo.program);
    peak = Math.max(peak, now);
  }
  console.log(
    `${home.padEnd(7)}${served.padStart(14)}${seen.padStart(13)}${first.padStart(17)}${String(now).padStart(27)}${String(peak).padStart(10)}${String(await demo.delivered()).padStart(11)}`,
  );
  await demo.stop();
}

/** A demo day in a hurry: what is remembered of it must not grow with what has happened. */
async function day(minutes: number): Promise<void> {
  const demo = await openDemo();
  await demo.post("/v1/clock", { action: "play", speed: 60 });
  console.log("minute  RSS MB  its peak so far  heap used MB  outside the heap MB  delivered");
  let peak = 0;
  for (let minute = 0; minute <= minutes; minute++) {
    for (let i = 0; minute > 0 && i < 60; i++) {
      await wait(1000);
      peak = Math.max(peak, residentMegabytes(demo.program));
    }
    const text = await (await fetch(`${demo.url}/metrics`)).text();
    const megabytes = (name: string): string =>
      (Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1]) / 1e6).toFixed(0);
    const figures = [
      minute,
      residentMegabytes(demo.program),
      peak,
      megabytes("nodejs_heap_size_used_bytes"),
      megabytes("nodejs_external_memory_bytes"),
      await demo.delivered(),
    ];
    const widths = [6, 8, 17, 14, 21, 11];
    console.log(figures.map((figure, i) => String(figure).padStart(widths[i]!)).join(""));
  }
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
