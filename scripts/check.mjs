// npm run check: format, lint, types, boundaries and unused code, side by side. Prints a line for each,
// the whole output of those that failed, and ends with 1 if any did.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { collect, requireNode, root, say } from "./runtime.mjs";

const node = requireNode();
const present = (...paths) => paths.filter((path) => existsSync(join(root, path)));

const checks = [
  { name: "format", tool: "oxfmt", args: ["--check"] },
  { name: "lint", tool: "oxlint", args: [] },
  { name: "types", tool: "tsc", args: ["--noEmit", "-p", "tsconfig.json"] },
  ...present("console/tsconfig.json").map((project) => ({
    name: "types of the console",
    tool: "tsc",
    args: ["--noEmit", "-p", project],
  })),
  {
    name: "boundaries",
    tool: "depcruise",
    args: ["--config", ".dependency-cruiser.mjs", ...present("src", "console/src", "simulators", "test", "bench")],
  },
  { name: "unused", tool: "knip", args: ["--no-progress"] },
];

// The tools' own children (and their `#!/usr/bin/env node`) must meet the same Node as we do.
const env = {
  ...process.env,
  PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}`,
  NO_COLOR: "1",
};

const run = async ({ name, tool, args }) => {
  const start = performance.now();
  const { code, output } = await collect(node, [join(root, "node_modules", ".bin", tool), ...args], { cwd: root, env });
  return { name, code, output, seconds: (performance.now() - start) / 1000 };
};

const start = performance.now();
const results = await Promise.all(checks.map(run));
const failed = results.filter((result) => result.code !== 0);

for (const { name, output } of failed) say(`\n── ${name} ──\n${stripVTControlCharacters(output).trim()}`);
if (failed.length > 0) say("");
for (const { name, code, seconds } of results) {
  say(`${code === 0 ? "ok    " : "FAILED"}  ${name.padEnd(22)} ${seconds.toFixed(1).padStart(5)} s`);
}
const whole = ((performance.now() - start) / 1000).toFixed(1);
say(
  failed.length === 0
    ? `\nAll checks passed in ${whole} s.`
    : `\n${failed.length} of ${results.length} checks failed in ${whole} s.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
