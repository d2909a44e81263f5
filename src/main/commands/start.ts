import { runUntilStopped } from "../run.ts";
import { startNetwork } from "../start.ts";
import { problemOf } from "./problem.ts";
import { asJson, err, readArgs } from "./words.ts";

const help = `milepool start [--json]

Runs the network: the wall's clock, the embedded PostgreSQL or DATABASE_URL, the console and the API on PORT (8080).
Settings are environment variables: PORT, HOST, MILEPOOL_HOME, MILEPOOL_PUBLIC_URL, MILEPOOL_CITY, DATABASE_URL, …
With --json it prints one document when it is ready: {"url": …}.

example: PORT=9000 ./milepool start`;

export function startCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, {}, help);
  if (typeof read === "number") return Promise.resolve(read);
  const json = (read.values as { json?: boolean }).json === true;
  return runUntilStopped(async () => {
    const { url, stop } = await startNetwork(process.env, err).catch((error: unknown) => {
      if (json) asJson(problemOf(error));
      throw error;
    });
    if (json) asJson({ url });
    else err(`Milepool is running at ${url}`);
    return stop;
  }, err);
}
