import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A home of a test's own that other users may pass, as in an ordinary checkout. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), "milepool-product-"));
  chmodSync(home, 0o755);
  return home;
}

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** What this process's environment would do to a started program must not reach it. */
const ours = /^(?:PORT|HOST|DATABASE_URL|MILEPOOL_.*|NODE_TEST_CONTEXT|NODE_OPTIONS)$/;
const cleanEnv = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));

/** A program that was started from this checkout, in a process group of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** The exit code; null when a signal ended it. */
  readonly over: Promise<number | null>;
  /** Resolves when `text` has been printed to either stream; rejects with all that was printed when it ends before. */
  printed(text: string | RegExp): Promise<void>;
}

const running = new Set<ChildProcess>();
// A test that fails or is interrupted leaves nothing behind.
process.on("exit", () => running.forEach((child) => process.kill(-child.pid!, "SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

/** Runs a TypeScript file of the checkout. */
export function run(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: root,
    env: { ...cleanEnv, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { out: "", err: "" };
  const lookers = new Set<() => void>();
  const take = (stream: "out" | "err") => (chunk: Buffer) => {
    text[stream] += chunk.toString();
    for (const look of lookers) look();
  };
  child.stdout.on("data", take("out"));
  child.stderr.on("data", take("err"));
  running.add(child);
  const over = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  const has = (what: string | RegExp, all: string): boolean =>
    typeof what === "string" ? all.includes(what) : what.test(all);
  const printed = (what: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!has(what, text.out) && !has(what, text.err)) return;
        lookers.delete(look);
        resolve();
      };
      lookers.add(look);
      look();
      void over.then(() => reject(new Error(`it ended before it printed ${String(what)}:\n${text.out}${text.err}`)));
    });
  return { child, out: () => text.out, err: () => text.err, over, printed };
}

/** Runs `./milepool …` until it ends. */
export async function milepool(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = run("src/main/cli.ts", args, env);
  const code = await program.over;
  return { code, out: program.out(), err: program.err() };
}

/** Asks a program to stop, as a service manager would; answers its exit code. */
export async function stop({ child, over }: Program): Promise<number | null> {
  child.kill("SIGTERM");
  return await over;
}
