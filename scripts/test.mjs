// npm test [-- PATH_OR_PATTERN… | --node-option…]: the console's tests, then everything under Node's own runner,
// whose summary comes last. Ends with 1 if any test failed, or if CI would have to skip the browser tests.
import { existsSync, readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser, NO_BROWSER } from "./browser.mjs";
import { attend, environment, requireNode, root, say, stop } from "./runtime.mjs";

const node = requireNode();
const options = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));

/** Every file below `folder` whose name says that it is a test, as a path relative to the checkout, with slashes. */
const testsBelow = (folder) => {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : testsBelow(path);
    return /[.]test[.](?:tsx?|mjs)$/.test(entry.name) ? [path] : [];
  });
};

/** What a person names: a file, a folder, a glob, or part of a path. */
const chosen = (files) => {
  if (wanted.length === 0) return files;
  return files.filter((file) => wanted.some((name) => named(file, name)));
};

const named = (file, name) => {
  const path = relative(root, resolve(name)).split(sep).join("/");
  if (existsSync(join(root, path)) && statSync(join(root, path)).isDirectory())
    return path === "" || file.startsWith(`${path}/`);
  return globbed(name).test(file);
};

/** `**` crosses folders, `*` does not; anything else is taken literally and may stand anywhere in the path. */
const globbed = (pattern) => {
  const parts = pattern.split(/(\*\*\/?|\*)/).map((part) => {
    if (part.startsWith("**")) return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(pattern.includes("*") ? `^${parts.join("")}$` : parts.join(""));
};

const browser = findBrowser();
const env = { ...environment, ...(browser === null ? {} : { MILEPOOL_CHROMIUM: browser }) };

const withoutBrowserTests = (files) => {
  const skipped = files.filter((file) => file.startsWith("test/browser/"));
  if (browser !== null || skipped.length === 0) return files;
  const line = `BROWSER TESTS SKIPPED (${skipped.length} ${skipped.length === 1 ? "file" : "files"}): ${NO_BROWSER}`;
  if (process.env.CI === "true") stop(line.replace("SKIPPED", "CANNOT RUN"));
  say(line);
  return files.filter((file) => !skipped.includes(file));
};

const selected = chosen(["src", "simulators", "test", "bench", "scripts", "console"].flatMap(testsBelow));
if (selected.length === 0) stop(`No test file matches ${wanted.join(" ")}.`);
const consoleTests = selected.filter((file) => file.startsWith("console/"));
const nodeTests = withoutBrowserTests(selected.filter((file) => !file.startsWith("console/")));

const vitest = () => {
  const script = ["console", "."]
    .map((base) => join(root, base, "node_modules", "vitest", "vitest.mjs"))
    .find(existsSync);
  if (script === undefined) stop("The console's tests cannot run: vitest is not installed (run `npm ci`).");
  const files = consoleTests.map((file) => file.slice("console/".length));
  return attend(node, [script, "run", ...files], { cwd: join(root, "console"), env });
};

const nodeRunner = () =>
  attend(
    node,
    [
      "--test",
      `--import=${pathToFileURL(join(root, "scripts", "properties.mjs"))}`,
      // Test files wait for disk and child processes as often as for a core.
      `--test-concurrency=${Math.max(2, availableParallelism() - 1)}`,
      // What hangs must end well before the whole run is stopped from outside.
      "--test-timeout=420000",
      "--test-reporter=spec",
      ...options,
      ...nodeTests,
    ],
    { cwd: root, env },
  );

const codes = [];
if (consoleTests.length > 0) codes.push(await vitest());
if (nodeTests.length > 0) codes.push(await nodeRunner());
process.exitCode = codes.find((code) => code !== 0) ?? 0;
