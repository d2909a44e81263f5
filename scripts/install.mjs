// Brings node_modules in step with package-lock.json, and costs milliseconds when it is already.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { collect, root, runnable } from "./runtime.mjs";

const stamp = join(root, "node_modules", ".milepool", "installed");

/** Installs what the lock file names, unless it is there. Answers null, or the sentence that says what stood in the way. */
export const installDependencies = async (progress) => {
  const wanted = wantedStamp();
  if (read(stamp) === wanted) return null;
  if (matchesLock(readJson("package-lock.json"), readJson("node_modules/.package-lock.json"))) {
    leaveStamp(wanted);
    return null;
  }
  const unsupported = unsupportedPlatform(process.platform, process.arch, hasMusl());
  if (unsupported !== null) return unsupported;

  const done = progress("Installing the dependencies (once, about half a minute; 0.8 GB)");
  const offline = await isOffline();
  // `npm ci` begins by deleting node_modules: an older set that works is worth more than none.
  if (offline && existsSync(join(root, "node_modules", ".package-lock.json"))) {
    done();
    return "The dependencies have changed since they were installed, and the npm registry cannot be reached to fetch them.";
  }
  const reach = offline ? ["--offline"] : ["--fetch-retries=3", "--fetch-retry-mintimeout=1000"];
  const { code, output } = await runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=error", ...reach]);
  done();
  if (code !== 0) return whyNpmFailed(output);
  leaveStamp(wanted);
  return null;
};

const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : null);

const readJson = (path) => JSON.parse(read(join(root, path)) ?? "null");

/** The lock file decides; the platform too, because a folder carried to another machine holds the wrong binaries. */
const wantedStamp = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");

/** Another user may own the checkout; then the comparison is made again next time, which is correct too. */
const leaveStamp = (content) => {
  try {
    mkdirSync(join(root, "node_modules", ".milepool"), { recursive: true });
    writeFileSync(stamp, content);
  } catch (error) {
    if (error.code === "ENOSPC") throw error;
  }
};

/**
 * True when npm's own record of node_modules holds every package of the lock file, in its version: somebody ran
 * npm by hand. A package for another platform may be missing.
 */
export const matchesLock = (lock, installed) => {
  if (lock === null || installed === null) return false;
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes("node_modules/") && !entry.link)
    .every(([path, entry]) => {
      const found = installed.packages[path];
      return found === undefined
        ? entry.optional === true || entry.devOptional === true
        : found.version === entry.version;
    });
};

const SUPPORTED = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

export const unsupportedPlatform = (platform, arch, musl) => {
  if (!SUPPORTED.includes(`${platform}-${arch}`)) {
    return `Milepool runs on Linux and macOS, on x64 and arm64 processors; this machine is ${platform}-${arch}.`;
  }
  return musl ? "Milepool needs a Linux with glibc (Debian, Ubuntu, Fedora…); this one is built on musl." : null;
};

const hasMusl = () => {
  if (process.platform !== "linux") return false;
  process.report.excludeNetwork = true; // else the report may wait for a name server
  return process.report.getReport().header.glibcVersionRuntime === undefined;
};

/**
 * npm replaces node_modules and with it the Node in there, so npm and the install scripts must run
 * under the machine's own Node: our `.bin` folders are taken off the PATH first.
 */
const runNpm = (args, options = {}) => {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const env = { ...process.env, PATH: folders.join(delimiter) };
  const machineNode = folders.map((folder) => join(folder, "node")).find(runnable) ?? process.execPath;
  const script = process.env.npm_execpath;
  return script !== undefined && /npm-cli[.]c?js$/.test(script)
    ? collect(machineNode, [script, ...args], { cwd: root, env, ...options })
    : collect("npm", args, { cwd: root, env, ...options });
};

const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/;

/**
 * One question before four hundred: without a network npm tries each package again and again, for minutes where the
 * name server is slow to say no. Offline, npm's own cache may still hold everything.
 */
const isOffline = async () => {
  const { code, output } = await runNpm(["ping", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"], {
    timeout: 30_000,
  });
  return code !== 0 && (output === "" || UNREACHABLE.test(output));
};

const REASONS = [
  [
    /ENOSPC/,
    "The disk is full: installing takes about 0.8 GB in this folder and 0.5 GB in npm's cache. Free some and try again.",
  ],
  [
    new RegExp(`ENOTCACHED|${UNREACHABLE.source}`),
    "The npm registry cannot be reached. The first start needs it once; after that Milepool works offline.",
  ],
  [/EACCES|EPERM|EROFS/, "This folder cannot be written by you: installing needs to create node_modules in it."],
  [
    /EBADPLATFORM/,
    "One of the dependencies does not exist for this platform: Milepool runs on Linux (glibc) and macOS.",
  ],
  [
    /npm ci can only install|in sync|from lock file/,
    "package-lock.json does not fit package.json: run `npm install` and commit the result.",
  ],
  [/E404|ETARGET|EINTEGRITY/, "The npm registry does not hold a package exactly as package-lock.json names it:"],
  [/^ENOENT/, "npm was not found: install Node.js together with npm and try again."],
];

/** One sentence for npm's pages of output; what we have no sentence for is npm's own first error lines. */
export const whyNpmFailed = (output) => {
  const errors = output
    .split("\n")
    .filter((line) => /^npm (?:error|ERR!)/.test(line) && !/A complete log|^npm (?:error|ERR!)\s*$/.test(line))
    .map((line) => `  ${line}`);
  const known = REASONS.find(([pattern]) => pattern.test(output));
  if (known === undefined) return ["npm could not install the dependencies:", ...errors.slice(0, 6)].join("\n");
  return known[1].endsWith(":") ? [known[1], ...errors.slice(0, 3)].join("\n") : known[1];
};
