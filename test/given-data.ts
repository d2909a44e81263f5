import { existsSync } from "node:fs";
import { join } from "node:path";

/** Data that is no part of the repository: real cities, public instances. */
export interface GivenData {
  /** Where it is, or would be. */
  readonly path: string;
  /** For a test's `skip`. */
  readonly missing: boolean;
}

/**
 * Something below the folder that MILEPOOL_TEST_DATA names, else below `../shared/data` beside the checkout. Where it is missing, one loud line
 * says which tests are skipped; where the folder was named, they fail instead.
 */
export function givenData(below: string): GivenData {
  const named = process.env["MILEPOOL_TEST_DATA"];
  const path = join(named ?? join(import.meta.dirname, "../../shared/data"), below);
  const missing = !existsSync(path);
  if (missing && named !== undefined)
    throw new Error(`there is no ${path}, although MILEPOOL_TEST_DATA names its folder`);
  if (missing) console.log(`SKIPPED: nothing at ${path}; set MILEPOOL_TEST_DATA to run the tests on real data`);
  return { path, missing };
}
