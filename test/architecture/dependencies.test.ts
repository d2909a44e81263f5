import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { read, root } from "./source-files.ts";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const wanted = ["package.json", "console/package.json"].flatMap((path) => {
  const manifest = JSON.parse(read(path)) as Manifest;
  return Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies });
});

const explained = new Map(
  Array.from(read("docs/dependencies.md").matchAll(/^\| (\S+) \| (.+) \| (\S+) \|$/gm), ([, name, why, licence]) => [
    name!,
    { why: why!, licence: licence! },
  ]),
);
explained.delete("package");

test("every dependency has its line in docs/dependencies.md, and no line is left over", () => {
  assert.deepEqual([...explained.keys()].toSorted(), [...new Set(wanted.map(([name]) => name))].toSorted());
});

test("every version is exact: npm under an older Node chooses another where it may choose", () => {
  assert.deepEqual(
    wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    [],
  );
});

test("the licences are those that the installed packages state", () => {
  const differing = [...explained].flatMap(([name, { licence }]) => {
    const manifest = ["node_modules", "console/node_modules"]
      .map((folder) => `${folder}/${name}/package.json`)
      .find((path) => existsSync(join(root, path)));
    if (manifest === undefined) return []; // another platform's binary
    const stated = (JSON.parse(read(manifest)) as { license?: string }).license;
    return stated === licence ? [] : [`${name}: ${licence} here, ${stated} there`];
  });
  assert.deepEqual(differing, []);
});
