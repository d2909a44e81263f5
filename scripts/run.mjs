// node scripts/run.mjs FILE [ARGUMENT…]: runs a TypeScript file of this checkout under a Node that can.
// FILE is relative to the checkout; the working directory stays the caller's, so that file arguments mean what they say.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { attend, environment, requireNode, root, stop } from "./runtime.mjs";

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: node scripts/run.mjs FILE [ARGUMENT…]\n");
  process.exit(2);
}

const node = requireNode();
const script = resolve(root, file);
if (!existsSync(script)) stop(`${file} is not part of this checkout.`);
// Where memory is plenty V8 lets its youngest generation grow to twice 64 MB, which spares no measurable time here.
const args = ["--max-semi-space-size=16", script, ...rest];

// Where Node can replace itself there is no process in between: signals and exit codes are the program's own.
if (process.execve !== undefined && process.platform !== "win32") {
  process.emitWarning = () => {}; // execve is marked experimental, which is no news to whoever runs Milepool
  try {
    process.execve(node, [node, ...args], environment);
  } catch {
    // A Node built without it: go on with a child.
  }
}
process.exit(await attend(node, args, { env: environment }));
