import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A home of a test's own that others may pass, as in an ordinary checkout: in a closed one, root's server lies elsewhere. */
export function testHome(): string {
  const home = mkdtempSync(join(tmpdir(), "milepool-pg-"));
  chmodSync(home, 0o755);
  return home;
}
