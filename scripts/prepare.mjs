// node scripts/prepare.mjs start|test|check|milepool [COMMAND]: makes a checkout ready for what follows, and says
// in one line what it waits for. On a checkout that is ready it takes some ten milliseconds and asks nobody.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { buildConsole } from "./console-build.mjs";
import { installDependencies } from "./install.mjs";
import { findNode, missingNode, root, say, stop } from "./runtime.mjs";

const [mode, command] = process.argv.slice(2);

/** Shows `what` as a line, with the seconds counting where a person looks on. Answers the function that ends it. */
const progress = (what) => {
  if (!process.stderr.isTTY) {
    say(`${what} …`);
    return () => {};
  }
  const start = Date.now();
  const draw = () => process.stderr.write(`\r${what} … ${Math.round((Date.now() - start) / 1000)} s`);
  const timer = setInterval(draw, 1000);
  draw();
  return () => {
    clearInterval(timer);
    draw();
    say("");
  };
};

const stopIf = (sentence) => sentence !== null && stop(sentence);

const prepare = async () => {
  stopIf(await installDependencies(progress));
  if (findNode() === null) stop(missingNode());
  // Of the commands only `start` serves pages.
  if (mode === "start" || mode === "test" || command === "start") stopIf(await buildConsole(progress, say));
  if (mode === "test" && existsSync(join(root, "test", "browser"))) await ensureBrowser(progress);
};

try {
  await prepare();
} catch (error) {
  stop(
    error.code === "ENOSPC"
      ? "The disk is full: free some space and try again."
      : `Getting ready failed: ${error.message}`,
  );
}
