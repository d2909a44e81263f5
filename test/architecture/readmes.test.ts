import assert from "node:assert/strict";
import { dirname } from "node:path";
import { test } from "node:test";
import { SETTLED } from "./settled.ts";
import { filesBelow, read } from "./source-files.ts";

const FIVE = ["What it owns", "Its words", "Its rules", "Its ports", "How to add one more"];

/** Modules without one front door: every ring knows the kernel by its files, nobody knows main, and the city's people come one by one. */
const WITHOUT_FRONT_DOOR = ["src/kernel", "src/main", "simulators/city"];

const files = ["src", "simulators"].flatMap(filesBelow);

/** A module is a folder with a front door; what lies inside one (`doors/api/handlers`) is its own business. */
const frontDoors = files.filter((path) => path.endsWith("/index.ts")).map(dirname);
const isInside = (folder: string): boolean => frontDoors.some((other) => folder.startsWith(`${other}/`));
const modules = [...WITHOUT_FRONT_DOOR, ...frontDoors.filter((folder) => !isInside(folder))];

const headings = (path: string): string[] =>
  Array.from(read(path).matchAll(/^## (.+)$/gm), ([, heading]) => heading!.trim());

test("every module has its README", { skip: !SETTLED && "modules are still being written" }, () => {
  assert.ok(modules.length > 20, "the modules were not found");
  const present = new Set(files);
  assert.deepEqual(
    modules.filter((folder) => !present.has(`${folder}/README.md`)),
    [],
  );
});

test("every README of a module has the five headings, in their order", () => {
  const readmes = files.filter((path) => path.endsWith("/README.md"));
  const others = readmes.filter((path) => headings(path).slice(0, FIVE.length).join() !== FIVE.join());
  assert.deepEqual(others, []);
});
