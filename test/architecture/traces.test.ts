import assert from "node:assert/strict";
import { test } from "node:test";
import { filesBelow, read } from "./source-files.ts";

const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a path of somebody's machine", /(?<![\w.])\/(?:work|home|Users|root|mnt)\/[\w.-]+/],
  ["a path of somebody's machine", /\b[A-Z]:\\Users\\/],
  ["the address of a package registry", /\bregistry\.[a-z0-9-]+\.[a-z]{2,}|\b(?:artifactory|verdaccio|nexus)\.[a-z]/i],
  ["an address in the lock file", /"resolved": "https?:/],
  ["a token for a registry", /_authToken|npm_[A-Za-z0-9]{36}/],
];

const SELF = "test/architecture/traces.test.ts";
const BINARY = /[.](?:png|jpe?g|webp|ico|gif|woff2?|ttf|pbf|pmtiles|gz|zip|wasm|pdf)$/;

test("no file tells of the machine it was written on, or of a registry", () => {
  const traces = filesBelow("")
    .filter((path) => path !== SELF && !BINARY.test(path))
    .flatMap((path) =>
      read(path)
        .split("\n")
        .flatMap((line, at) =>
          FORBIDDEN.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${path}:${at + 1}: ${what}`),
        ),
    );
  assert.deepEqual(traces, []);
});
