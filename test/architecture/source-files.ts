import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The checkout, without a slash at its end. */
export const root = dirname(dirname(import.meta.dirname));

/** Folders that hold nothing written by hand. */
const NOT_OURS = new Set(["node_modules", "dist", "coverage", ".git", ".milepool", "test-results"]);

/** Every file below `folder` (relative to the checkout; "" for all of it), as paths relative to the checkout. */
export const filesBelow = (folder: string): string[] =>
  entries(folder).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(path);
    // In a linked work tree `.git` is a file that names the folder it belongs to.
    return entry.isFile() && !NOT_OURS.has(entry.name) ? [path] : [];
  });

/** A folder that does not exist, or that somebody removes at this moment, has no entries. */
const entries = (folder: string) => {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
};

export const read = (path: string): string => readFileSync(join(root, path), "utf8");

export const isTest = (path: string): boolean => /[.]test[.]tsx?$/.test(path);
