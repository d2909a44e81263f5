import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { filesBelow, root } from "./source-files.ts";

interface Cruise {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly unknown[] }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const depcruise = join(root, "node_modules", ".bin", "depcruise");
const config = join(root, ".dependency-cruiser.mjs");

/** What dependency-cruiser finds in `folders` of `cwd`. Its exit code counts the violations, so it is not looked at. */
const cruise = (cwd: string, folders: readonly string[]): Cruise => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [depcruise, "--config", config, "--output-type", "json", ...folders],
    {
      cwd,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  assert.ok(stdout.startsWith("{"), `dependency-cruiser did not answer: ${stderr}`);
  return JSON.parse(stdout) as Cruise;
};

const FOLDERS = ["src", "console/src", "simulators", "test", "bench"];

test("the rings know only what lies inward, and every source file was looked at", () => {
  const sources = FOLDERS.flatMap(filesBelow).filter((path) => /[.]tsx?$/.test(path) && !path.includes("/fixtures/"));
  const present = FOLDERS.filter((folder) => sources.some((path) => path.startsWith(`${folder}/`)));
  const { modules, summary } = cruise(root, present);

  const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  assert.deepEqual(broken, []);

  // An empty cruise is green too. Somebody may save a file meanwhile, hence "about".
  const cruised = new Set(modules.map((module) => module.source));
  const missed = sources.filter((path) => !cruised.has(path));
  assert.ok(
    missed.length <= sources.length * 0.02,
    `${missed.length} of ${sources.length} not cruised: ${missed.slice(0, 10).join(", ")}`,
  );
  assert.ok(
    modules.some((module) => module.dependencies.length > 3),
    "files were listed, but their imports were not read",
  );
});

/** For each rule, a file that breaks it: path, then what it imports. Type-only imports count like any other. */
const OFFENDERS: Readonly<Record<string, readonly [path: string, imports: string]>> = {
  "kernel-looks-inward": ["src/kernel/a.ts", "../domain/index.ts"],
  "domain-looks-inward": ["src/domain/a.ts", "../journey/plan/index.ts"],
  "optimizer-looks-inward": ["src/optimizer/a.ts", "../domain/index.ts"],
  "roads-looks-inward": ["src/roads/a.ts", "../domain/index.ts"],
  "commons-looks-inward": ["src/commons/pricing/a.ts", "../../journey/plan/index.ts"],
  "journey-looks-inward": ["src/journey/pool/a.ts", "../../adapters/postgres/index.ts"],
  "adapters-looks-inward": ["src/adapters/memory/a.ts", "../../doors/api/index.ts"],
  "doors-looks-inward": ["src/doors/cli/a.ts", "../../adapters/postgres/index.ts"],
  "only-plan-meets-the-optimizer": ["src/journey/dispatch/a.ts", "../../optimizer/index.ts"],
  "only-the-solve-door-opens-on-the-optimizer": ["src/doors/api/a.ts", "../../optimizer/index.ts"],
  "one-adapter-per-engine": ["src/adapters/postgres/a.ts", "../../roads/index.ts"],
  "stages-hand-on-by-event": ["src/journey/track/a.ts", "../plan/index.ts"],
  "adapters-implement-ports": ["src/adapters/nats/a.ts", "../../journey/plan/index.ts"],
  "connectors-never-meet": ["src/adapters/connectors/one/a.ts", "../two/index.ts"],
  "use-the-front-door": ["src/doors/recipient/a.ts", "../../domain/order.ts"],
  "stages-and-commons-act-through-ports": ["src/journey/settle/a.ts", "node:fs"],
  "the-checker-shares-only-the-types": ["src/optimizer/checker.ts", "./index.ts"],
  "the-auditor-stands-alone": ["test/auditor/a.ts", "../../src/domain/index.ts"],
  "the-core-only-computes": ["src/domain/b.ts", "node:fs"],
  "console-knows-only-the-contract": ["console/src/a.ts", "../../src/domain/index.ts"],
  "nothing-ships-with-tests": ["src/main/b.ts", "../domain/order.test.ts"],
  "only-main-wires-the-simulators": ["src/doors/api/b.ts", "../../../simulators/city/index.ts"],
  "simulators-share-no-connector-code": [
    "simulators/platforms/one/a.ts",
    "../../../src/adapters/connectors/two/index.ts",
  ],
  "no-cycles": ["src/kernel/b.ts", "./c.ts"],
};

/** What the offenders reach for. */
const VICTIMS = [
  "src/domain/index.ts",
  "src/domain/order.ts",
  "src/domain/order.test.ts",
  "src/optimizer/index.ts",
  "src/roads/index.ts",
  "src/journey/plan/index.ts",
  "src/adapters/postgres/index.ts",
  "src/adapters/connectors/two/index.ts",
  "src/doors/api/index.ts",
  "simulators/city/index.ts",
];

test("every boundary bites: a tree that breaks each rule once is reported for each", async () => {
  const rules = (await import(pathToFileURL(config).href)) as { default: { forbidden: { name: string }[] } };
  const names = rules.default.forbidden.map((rule) => rule.name);
  assert.deepEqual(
    Object.keys(OFFENDERS).toSorted(),
    names.toSorted(),
    "a rule has no offender here, or an offender no rule",
  );

  const tree = mkdtempSync(join(tmpdir(), "milepool-boundaries-"));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  try {
    put("tsconfig.json", "{}");
    put("package.json", '{ "type": "module" }');
    for (const path of VICTIMS) put(path, "export interface Named { readonly name: string }\n");
    put("src/kernel/c.ts", 'import type { Named } from "./b.ts";\nexport type C = Named;\n');
    for (const [path, imports] of Object.values(OFFENDERS)) {
      put(path, `import type * as there from "${imports}";\nexport type Named = keyof typeof there;\n`);
    }
    const { summary } = cruise(tree, ["src", "console", "simulators", "test"]);
    for (const [rule, [path]] of Object.entries(OFFENDERS)) {
      const found = summary.violations.some((violation) => violation.rule.name === rule && violation.from === path);
      assert.ok(found, `${rule} let ${path} pass`);
    }
  } finally {
    rmSync(tree, { recursive: true });
  }
});
