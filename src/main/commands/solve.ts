import { greatCircleTravel } from "../../adapters/roads/index.ts";
import { searchInThreads } from "../../adapters/optimizer/index.ts";
import type { Travel } from "../../domain/index.ts";
import { solveCommand as solve, terminal } from "../../doors/solve/index.ts";
import type { Point } from "../../kernel/point.ts";
import { cityChoice, loadCity, type LoadedCity } from "../city.ts";
import { within } from "../ways.ts";
import { readSettings } from "../settings.ts";

/** `milepool solve`, with the roads of the city that MILEPOOL_CITY names, once a problem asks for some. */
export async function solveCommand(args: readonly string[]): Promise<number> {
  const enough = new AbortController();
  const stop = (): void => enough.abort();
  const city = cityOnce();
  process.once("SIGINT", stop);
  try {
    return await solve(args, {
      ...terminal,
      readFile: inWords(terminal.readFile),
      search: searchInThreads,
      travelFor: city.travelFor,
      enough: enough.signal,
    });
  } finally {
    process.removeListener("SIGINT", stop);
    await city.close();
  }
}

function cityOnce(): { travelFor(points: readonly Point[]): Promise<Travel>; close(): Promise<void> } {
  const isNamed = (process.env["MILEPOOL_CITY"] ?? "") !== "";
  let loaded: Promise<LoadedCity> | null = null;
  return {
    async travelFor(points) {
      if (!isNamed) return greatCircleTravel();
      loaded ??= loadCity(cityChoice(process.env, readSettings(process.env).home, []));
      return within(await loaded, points);
    },
    async close() {
      await (await loaded)?.travel.close();
    },
  };
}

/** A file that cannot be read, told in words. */
const inWords = (read: (path: string) => Promise<string>) => (path: string) =>
  read(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(reasons[error.code ?? ""] ?? `it cannot be read (${error.code ?? error.message})`, {
      cause: error,
    });
  });

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
};
