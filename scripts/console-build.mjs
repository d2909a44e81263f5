// Builds the console when its sources are not those it was last built from.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { collect, requireNode, root } from "./runtime.mjs";

const folder = join(root, "console");
const stamp = join(folder, "dist", ".built-from");

/** Answers null, or the sentence that says what stood in the way. */
export const buildConsole = async (progress, say) => {
  if (!existsSync(join(folder, "index.html"))) {
    say("The console is not part of this checkout yet: going on without it.");
    return null;
  }
  const sources = fingerprint();
  if (existsSync(join(folder, "dist", "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === sources)
    return null;

  const vite = [folder, root].map((base) => join(base, "node_modules", "vite", "bin", "vite.js")).find(existsSync);
  if (vite === undefined)
    return "The console cannot be built: vite is not installed (run `npm ci` without --omit=dev).";
  const done = progress("Building the console (a few seconds, only when it changed)");
  const { code, output } = await collect(requireNode(), [vite, "build", "--logLevel", "warn"], { cwd: folder });
  done();
  if (code !== 0) return whyBuildFailed(output);
  writeFileSync(stamp, sources);
  return null;
};

/** Vite's own words, without its stack: the first lines name the file and what is wrong in it. */
const whyBuildFailed = (output) => {
  if (/ENOSPC/.test(output)) return "The disk is full: the console could not be written to console/dist.";
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return ["The console did not build:", ...lines.slice(0, 12).map((line) => `  ${line}`)].join("\n");
};

/** A hash over everything the build reads: contents, not dates, because a clone has the dates of its cloning. */
const fingerprint = () => {
  const hash = createHash("sha256");
  const files = [
    ...filesBelow(folder),
    join(root, "package-lock.json"),
    join(root, "src", "doors", "api", "contract.ts"),
    ...filesBelow(join(root, "src", "doors", "api", "contract")),
  ];
  for (const file of files.filter(existsSync).sort())
    hash.update(`${relative(root, file)}\n`).update(readFileSync(file));
  return hash.digest("hex");
};

const filesBelow = (path) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return ["dist", "node_modules"].includes(entry.name) ? [] : filesBelow(join(path, entry.name));
    return [join(path, entry.name)];
  });
