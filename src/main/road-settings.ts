import { readFileSync } from "node:fs";
import { readRoadSettings, RoadSettingsWrong, type RoadSettings } from "../adapters/roads/index.ts";
import { StartRefused } from "./settings.ts";

/** Reads the file that MILEPOOL_ROADS names. Throws StartRefused, naming what is wrong in it. */
export function roadSettings(env: NodeJS.ProcessEnv): RoadSettings {
  const path = env["MILEPOOL_ROADS"] ?? "";
  if (path === "") return {};
  try {
    return readRoadSettings(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof RoadSettingsWrong) throw new StartRefused(`${path}, which MILEPOOL_ROADS names: ${message}.`);
    const why = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new StartRefused(`${path}, which MILEPOOL_ROADS names, ${why}: ${message}.`);
  }
}
