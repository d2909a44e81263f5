// Which Node runs what. Plain JavaScript that Node 18 can read: it runs before anything is installed.
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout, without a slash at its end. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Our programs' environment: what was compiled of sources and packages is kept, which halves the time a start takes. */
export const environment = { NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compiled"), ...process.env };

/** The oldest major version of Node that runs our TypeScript without a build step. */
export const OLDEST_MAJOR = 24;

/** The Node that came with the dependencies, whether it is there or not. */
const ownNode = join(root, "node_modules", ".bin", "node");

/** True when `path` is a file this user may run. */
export const runnable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a Node that can run the server, or null: this process's own when new enough, else the installed one. */
export const findNode = () => {
  if (Number(process.versions.node.split(".")[0]) >= OLDEST_MAJOR) return process.execPath;
  return runnable(ownNode) ? ownNode : null;
};

/** As findNode, but says in a sentence what is missing and ends the process. */
export const requireNode = () => findNode() ?? stop(missingNode());

export const missingNode = () =>
  `Milepool needs Node ${OLDEST_MAJOR} or newer. This is Node ${process.versions.node}, and no newer one comes ` +
  `with the dependencies on ${process.platform}-${process.arch}: install Node ${OLDEST_MAJOR} and try again.`;

/** One line for the person, on standard error so that standard output stays the command's own. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends the process with one sentence and exit code 1. */
export const stop = (sentence) => {
  say(sentence);
  process.exit(1);
};

/**
 * Runs a program on our own standard streams until it ends, and answers its exit code (128 + n after signal n).
 *
 * A terminal sends Ctrl-C to the whole foreground group, so the child has it already: passing it
 * on would make it two, and a second Ctrl-C commonly means "at once".
 */
export const attend = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    const passOn = (signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2"];
    for (const signal of signals) process.on(signal, passOn);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      for (const each of signals) process.off(each, passOn);
      resolve(code ?? 128 + signalNumbers[signal]);
    });
  });

const signalNumbers = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR2: 12,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/** Runs a program quietly and answers `{ code, output }`, both streams together in `output`. */
export const collect = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const keep = (chunk) => (output += chunk);
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.once("error", (error) => resolve({ code: 127, output: `${output}${error.code}: ${error.message}` }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
