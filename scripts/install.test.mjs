import assert from "node:assert/strict";
import { test } from "node:test";
import { matchesLock, unsupportedPlatform, whyNpmFailed } from "./install.mjs";

const lock = {
  packages: {
    "": { name: "milepool" },
    console: { name: "milepool-console" },
    "node_modules/milepool-console": { resolved: "console", link: true },
    "node_modules/pg": { version: "8.23.1" },
    "node_modules/binary-for-another-machine": { version: "1.0.0", optional: true },
  },
};

test("what npm installed by hand is accepted, with or without other platforms' binaries", () => {
  assert.equal(matchesLock(lock, { packages: { "node_modules/pg": { version: "8.23.1" } } }), true);
  assert.equal(matchesLock(lock, lock), true);
});

test("an older, a missing or an unknown set of packages is installed again", () => {
  assert.equal(matchesLock(lock, { packages: { "node_modules/pg": { version: "8.20.0" } } }), false);
  assert.equal(matchesLock(lock, { packages: {} }), false);
  assert.equal(matchesLock(lock, null), false);
});

test("a platform without binaries is refused by name", () => {
  assert.equal(unsupportedPlatform("linux", "x64", false), null);
  assert.equal(unsupportedPlatform("darwin", "arm64", false), null);
  assert.match(unsupportedPlatform("win32", "x64", false), /win32-x64/);
  assert.match(unsupportedPlatform("linux", "x64", true), /glibc/);
});

test("npm's pages become one sentence, without a stack trace", () => {
  const sentences = {
    "npm error code ENOSPC\nnpm error nospc There appears to be insufficient space": /disk is full/,
    "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo": /cannot be reached/,
    "npm error code ENOTCACHED": /cannot be reached/,
    "npm error code EACCES\nnpm error syscall mkdir": /cannot be written/,
    "npm error code EUSAGE\nnpm error Missing: pg@8.23.1 from lock file": /npm install/,
    "ENOENT: spawn npm ENOENT": /npm was not found/,
  };
  for (const [output, sentence] of Object.entries(sentences)) {
    assert.match(whyNpmFailed(output), sentence);
    assert.doesNotMatch(whyNpmFailed(output), /\n|npm error/);
  }
});

test("what we have no sentence for is npm's own first lines", () => {
  const many = Array.from({ length: 40 }, (_, line) => `npm error line ${line}`).join("\n");
  assert.equal(whyNpmFailed(`npm warn old\n${many}`).split("\n").length, 7);
});
