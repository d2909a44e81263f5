import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** A folder that the embedded server's user may pass. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "milepool-bench-"));
  chmodSync(folder, 0o755);
  return folder;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

export interface Program {
  readonly pid: number;
  /** Resolves with the first line of standard error that holds the text; rejects when the program ends before. */
  says(text: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a program of this checkout; what it says is kept, and shown when it ends unasked. */
export function start(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  // A bench that fails leaves nothing behind.
  const end = (): void => void child.kill("SIGTERM");
  process.on("exit", end);
  let said = "";
  let look = (): void => undefined;
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    look();
  });
  const over = new Promise<void>((resolve) =>
    child.once("exit", () => {
      process.off("exit", end);
      resolve();
    }),
  );
  return {
    pid: child.pid!,
    says: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const line = said.split("\n").find((one) => one.includes(text));
          if (line !== undefined) resolve(line);
        };
        look();
        void over.then(() => reject(new Error(`it ended before it said "${text}":\n${said}`)));
      }),
    stop: async () => {
      child.kill("SIGTERM");
      await over;
    },
  };
}

/** Resident memory in megabytes, 10^6 bytes; Linux only. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round((Number(kilobytes) * 1024) / 1e6);
}

/** Where a figure comes from: a line for `RESULTS.md`. */
export function machine(): string {
  const load = readFileSync("/proc/loadavg", "utf8").split(" ")[0];
  return `${new Date().toISOString().slice(0, 16)}Z, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, load before ${load}`;
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
