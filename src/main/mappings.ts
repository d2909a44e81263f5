import { readFileSync } from "node:fs";
import { Check, Errors } from "typebox/value";
import { Mapping } from "../doors/api/contract.ts";
import { StartRefused, type Settings } from "./settings.ts";

/** Reads the file that MILEPOOL_MAPPINGS names: mappings of others' JSON by their name. Throws StartRefused, naming what is wrong in it. */
export function readMappings({ mappings: path }: Pick<Settings, "mappings">): ReadonlyMap<string, Mapping> {
  if (path === null) return new Map();
  const refused = (why: string): StartRefused => new StartRefused(`${path}, which MILEPOOL_MAPPINGS names: ${why}.`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw refused(
      `${error instanceof SyntaxError ? "it is not JSON" : "it cannot be read"} (${(error as Error).message})`,
    );
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw refused("it is no object of mappings by name");
  return new Map(
    Object.entries(json).map(([name, mapping]: [string, unknown]) => {
      if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
        throw refused(`"${name}" is no name of small letters, digits and hyphens`);
      if (Check(Mapping, mapping)) return [name, mapping];
      const [first] = Errors(Mapping, mapping);
      throw refused(`/${name}${first?.instancePath ?? ""} ${first?.message ?? "is no mapping"}`);
    }),
  );
}
