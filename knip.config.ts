import type { KnipConfig } from "knip";
import { SETTLED } from "./test/architecture/settled.ts";

const entries = ["src/main/*.ts", "bench/*.ts"];
/** Started by their path, in a process of their own. */
const children = ["test/product/network-child.ts"];
const tests = ["{src,simulators,bench,test}/**/*.test.ts", "scripts/**/*.test.mjs"];

/** While modules stand that nobody calls yet, what is unused is a warning and every source file an entry. */
const unused = SETTLED ? "error" : "warn";

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [
        ...entries,
        ...tests,
        ...children,
        "scripts/*.mjs",
        ...(SETTLED ? [] : ["{src,simulators,bench,test}/**/*.ts"]),
      ],
      project: ["{src,simulators,bench,test,scripts}/**/*.{ts,mjs}"],
    },
    console: {
      entry: ["index.html", "src/**/*.test.{ts,tsx}"],
      project: ["src/**/*.{ts,tsx}"],
    },
  },
  // A type beside the one function that answers it is documentation, not a left-over.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // A front door names the types of what it answers, for callers who want to write them down.
  ignoreIssues: { "**/index.ts": ["types"] },
  // Programs of the machine, which the benchmarks ask where they are, and a test where they are installed.
  ignoreBinaries: ["mount", "umount", "ss", "osmium"],
  // Called by their path from scripts/check.mjs, or asked for by such a tool.
  // Programs that are started, a parser that is loaded by name, and companions that pin better-auth's own parts to one version.
  ignoreDependencies: [
    "dependency-cruiser",
    "@swc/core",
    "@better-auth/core",
    "@better-auth/utils",
    "@better-fetch/fetch",
    "better-call",
  ],
  rules: {
    files: unused,
    exports: unused,
    types: unused,
    nsExports: unused,
    nsTypes: unused,
    duplicates: unused,
    dependencies: unused,
    devDependencies: unused,
    optionalPeerDependencies: "error",
    unlisted: "error",
    unresolved: "error",
    binaries: "error",
  },
};

export default config;
