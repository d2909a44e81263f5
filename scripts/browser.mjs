// A Chromium for the browser tests: the one that is there, or Debian's, where we may install it.
import { delimiter, join } from "node:path";
import { collect, runnable } from "./runtime.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** The path of a browser, or null. `MILEPOOL_CHROMIUM` goes first, and alone: whoever names one does not want another. */
export const findBrowser = (env = process.env) => {
  if (env.MILEPOOL_CHROMIUM) return runnable(env.MILEPOOL_CHROMIUM) ? env.MILEPOOL_CHROMIUM : null;
  const folders = ["/usr/bin", ...(env.PATH ?? "").split(delimiter)];
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC];
  return candidates.find(runnable) ?? null;
};

/** Installs Debian's Chromium as root where apt-get is; answers the browser's path, or null when there is none. */
export const ensureBrowser = async (progress) => {
  const found = findBrowser();
  if (found !== null || process.env.MILEPOOL_CHROMIUM) return found;
  if (process.getuid?.() !== 0 || !runnable("/usr/bin/apt-get")) return null;

  const done = progress("Installing Debian's Chromium for the browser tests (once, by apt-get)");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () => collect("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { env });
  // The package list of a fresh machine is empty or old: bring it up to date only when that is the trouble.
  if ((await install()).code !== 0 && (await collect("apt-get", ["update", "-q"], { env })).code === 0) await install();
  done();
  return findBrowser();
};

export const NO_BROWSER =
  "no Chromium was found. Set MILEPOOL_CHROMIUM to one, or install Debian's `chromium` package.";
