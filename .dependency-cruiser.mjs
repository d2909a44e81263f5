// Who may know whom: each rule says why it exists, because the reader meets it at the moment it
// stands in the way. `npm run check` and test/architecture/boundaries.test.ts both run it.
//
// dependency-cruiser reads TypeScript through the `typescript` package up to version 6. With 7 it
// finds no .ts file, cruises 0 modules and reports success; hence `parser: "swc"` below, and the
// test that counts the cruised modules, since green alone proves nothing.

const ring = (name) => `^src/${name}/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** A ring may import itself and the rings named, nothing else under src/. */
const inward = (name, ...known) =>
  rule(
    `${name}-looks-inward`,
    `${name} may know ${known.join(", ") || "nothing but itself"}; move the code outward, or pass the value in`,
    { path: ring(name) },
    { path: "^src/", pathNot: [name, ...known].map(ring) },
  );

export default {
  forbidden: [
    inward("kernel"),
    inward("domain", "kernel"),
    inward("optimizer", "kernel"),
    inward("roads", "kernel"),
    inward("commons", "domain", "kernel"),
    inward("journey", "commons", "domain", "optimizer", "kernel"),
    inward("adapters", "journey", "commons", "domain", "optimizer", "roads", "kernel"),
    inward("doors", "journey", "commons", "domain", "optimizer", "kernel"),

    rule(
      "only-plan-meets-the-optimizer",
      "the optimizer speaks in indices and matrices; journey/plan is the one translator",
      { path: ring("journey"), pathNot: ring("journey/plan") },
      { path: ring("optimizer") },
    ),
    rule(
      "only-the-solve-door-opens-on-the-optimizer",
      "benchmark and VROOM formats are translated in doors/solve; every other door goes through the journey",
      { path: ring("doors"), pathNot: "^src/doors/solve/" },
      { path: ring("optimizer") },
    ),
    rule(
      "one-adapter-per-engine",
      "adapters/roads and adapters/optimizer run the engines in worker threads behind ports; nobody else knows their nodes and indices",
      { path: "^src/adapters/([^/]+)/", pathNot: "^src/adapters/(?:roads|optimizer)/" },
      { path: "^src/(?:roads|optimizer)/" },
    ),
    rule(
      "stages-hand-on-by-event",
      "a stage never calls a sibling stage: src/main/journey.ts wakes the next one by event",
      { path: "^src/journey/([^/]+)/" },
      { path: ring("journey"), pathNot: "^src/journey/$1/" },
    ),
    rule(
      "adapters-implement-ports",
      "an adapter fulfils a port; if it needs a stage's logic, the logic belongs in the stage's caller",
      { path: ring("adapters") },
      { path: "^src/(?:journey|commons)/", pathNot: "/ports[.]ts$" },
    ),
    rule(
      "connectors-never-meet",
      "one platform's quirks stay in its own folder; what two platforms share lives in connectors/shared",
      { path: "^src/adapters/connectors/([^/]+)/" },
      { path: "^src/adapters/connectors/(?!shared/)", pathNot: "^src/adapters/connectors/$1/" },
    ),
    rule(
      "use-the-front-door",
      "from outside, a module is its index.ts (and its ports.ts, for adapters)",
      { path: "^src/(?:(?:journey|commons)/)?([^/]+)/", pathNot: "[.]test[.]ts$" },
      {
        path: "^src/(?:domain|optimizer|roads|(?:journey|commons)/[^/]+)/",
        pathNot: ["^src/(?:(?:journey|commons)/)?$1/", "/(?:index|ports)[.]ts$"],
      },
    ),
    rule(
      "stages-and-commons-act-through-ports",
      "no file, socket or client library here: ask through a port, and main/effects.ts asks the world",
      { path: "^src/(?:commons|journey)/", pathNot: "[.]test[.]ts$" },
      { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"], pathNot: "node_modules/typebox/" },
    ),
    rule(
      "the-checker-shares-only-the-types",
      "a checker that borrows the search's helpers repeats its mistakes",
      { path: "^src/optimizer/checker" },
      { path: "^src/optimizer/", pathNot: "/(?:types|checker[^/]*)[.]ts$" },
    ),
    rule(
      "the-auditor-stands-alone",
      "it judges the event log from outside",
      { path: "^test/auditor/" },
      { path: "^(?:src|simulators)/" },
    ),
    rule(
      "the-core-only-computes",
      "no clock, file, socket or package in kernel, domain or optimizer: values in, values out",
      { path: "^src/(?:kernel|domain|optimizer|roads)/", pathNot: "[.]test[.]ts$" },
      { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"] },
    ),
    rule(
      "console-knows-only-the-contract",
      "the browser shares one file with the server: the API contract",
      { path: "^console/" },
      { path: "^src/", pathNot: "^src/doors/api/contract[.]ts$" },
    ),
    rule(
      "nothing-ships-with-tests",
      "production code never imports what only exists to exercise it",
      { path: "^(?:src|console|simulators)/", pathNot: "[.]test[.]tsx?$" },
      { path: "[.]test[.]tsx?$|^(?:test|bench)/" },
    ),
    rule(
      "only-main-wires-the-simulators",
      "the living city is one way to run the product; the rest of it cannot tell a simulator from the world",
      { path: "^(?:src|console)/", pathNot: "^src/main/|[.]test[.]tsx?$" },
      { path: "^simulators/" },
    ),
    rule(
      "simulators-share-no-connector-code",
      "a simulator written from the connector's code would hide the connector's mistakes",
      { path: "^simulators/platforms/" },
      { path: "^src/adapters/connectors/" },
    ),
    rule("no-cycles", "a cycle is one module wearing two names", {}, { circular: true }),
  ],
  options: {
    parser: "swc", // TypeScript 7 has no parser API for JavaScript callers
    tsPreCompilationDeps: true, // count type-only imports too: a type is knowledge
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(?:^|/)(?:dist|coverage|fixtures)/" },
  },
};
