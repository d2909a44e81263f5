import { type GeocoderSettings, openGeocoder } from "../adapters/geocoding/outside/geocoder.ts";
import { type FeedSettings, keepConditions, pollFeed, readConditions } from "../adapters/roads/feeds/index.ts";
import { osrmRouter, outsideTravel, valhallaRouter } from "../adapters/roads/outside/index.ts";
import type { Geocoder, Registry, Travel } from "../domain/index.ts";
import type { RoadReports } from "../doors/network.ts";
import { minutes } from "../kernel/quantity.ts";
import { ok } from "../kernel/result.ts";
import type { LoadedCity } from "./city.ts";
import type { Scheduler } from "./scheduler.ts";
import { StartRefused } from "./settings.ts";

/** Which servers of the world outside are asked, as the environment names them; none unless it does. */
export interface OutsideChoice {
  readonly geocoder: GeocoderSettings | null;
  readonly router: { readonly kind: "osrm" | "valhalla"; readonly url: string } | null;
  readonly feeds: readonly FeedSettings[];
}

export const nobodyOutside: OutsideChoice = { geocoder: null, router: null, feeds: [] };

/** Throws StartRefused, naming the variable and how to mend it. */
export function outsideChoice(env: NodeJS.ProcessEnv): OutsideChoice {
  const [geocoder] = named(env, "MILEPOOL_GEOCODER", ["photon", "nominatim"]);
  const [router] = named(env, "MILEPOOL_ROUTER", ["osrm", "valhalla"]);
  const feeds = named(env, "MILEPOOL_ROAD_FEEDS", ["conditions", "datex2"]);
  return {
    geocoder: geocoder ? { ...geocoder, contact: env["MILEPOOL_CONTACT"] ?? "" } : null,
    router: router ?? null,
    feeds: feeds.map(({ kind, url }, i) => ({
      url,
      format: kind,
      source: `${kind}-${i + 1}`,
      every: minutes(1),
      holds: minutes(30),
    })),
  };
}

/** `photon=https://…`; several with commas between them. */
function named<Kind extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  kinds: readonly Kind[],
): { readonly kind: Kind; readonly url: string }[] {
  const parts = (env[name] ?? "").split(",").filter((part) => part.trim() !== "");
  return parts.map((part) => {
    const [kind, ...rest] = part.trim().split("=");
    const url = rest.join("=");
    if (!kinds.includes(kind as Kind) || !/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
      throw new StartRefused(
        `${name} is "${part.trim()}": give ${kinds.join("= or ")}= and an address that begins with http.`,
      );
    return { kind: kind as Kind, url };
  });
}

/** What is reported, and who hears of it once the roads know. */
export interface LiveRoads extends RoadReports {
  /** Reports are taken when all listeners are done. */
  onChanged(listener: () => Promise<void>): void;
}

/** The world outside beside a loaded city: its own where nobody is asked. */
export interface Outside {
  readonly travel: Travel;
  readonly geocoder: Geocoder | undefined;
  readonly roadReports: LiveRoads;
  close(): void;
}

/** Where reports are kept over a restart. */
export type ReportBook = Pick<Registry, "roadReports" | "saveRoadReport">;

/** With a `book` what was reported before the last stop holds again once this resolves, as long as it would have. */
export async function openOutside(
  { geocoder, router, feeds }: OutsideChoice,
  { travel }: Pick<LoadedCity, "travel">,
  scheduler: Scheduler,
  log: (what: string, error: unknown) => void,
  book: ReportBook | null = null,
): Promise<Outside> {
  const listeners: (() => Promise<void>)[] = [];
  const changed = (): Promise<unknown> => Promise.all(listeners.map((listener) => listener()));
  const apply: LoadedCity["travel"]["apply"] = async (conditions) => {
    await travel
      .apply(conditions)
      .then(changed)
      .catch((error: unknown) => log("road conditions", error));
  };
  const keeper = keepConditions({ timer: scheduler, apply });
  for (const { report } of (await book?.roadReports()) ?? []) {
    const read = readConditions(report, scheduler.now());
    // What is not read any more has ended, or is of an older form: its source will say it again.
    if (read.ok) await keeper.take(read.value);
  }
  const polled = feeds.map((feed) => pollFeed(feed, { keeper, timer: scheduler }));
  return {
    travel: router === null ? travel : outsideTravel(routerOf(router), travel, ({ reason }) => log("router", reason)),
    geocoder: geocoder === null ? undefined : opened(geocoder),
    roadReports: {
      async take(json) {
        const read = readConditions(json, scheduler.now());
        if (!read.ok) return read;
        const { source, validUntil } = read.value;
        if (await keeper.take(read.value))
          await book?.saveRoadReport({ source, validUntil, report: json }, scheduler.now());
        return ok(keeper.sources().find(({ source }) => source === read.value.source)!);
      },
      sources: () => keeper.sources(),
      onChanged: (listener) => void listeners.push(listener),
    },
    close: () => {
      for (const feed of polled) feed.close();
      keeper.close();
    },
  };
}

/** An OSRM server has one profile: cars'. Everybody else travels on the own roads. */
const routerOf = ({ kind, url }: NonNullable<OutsideChoice["router"]>) =>
  kind === "valhalla" ? valhallaRouter({ url }) : osrmRouter({ urls: { car: url, van: url } });

function opened(settings: GeocoderSettings): Geocoder {
  try {
    return openGeocoder(settings);
  } catch (error) {
    throw new StartRefused(
      `MILEPOOL_GEOCODER: ${(error as Error).message}; set MILEPOOL_CONTACT to an address of yours.`,
    );
  }
}
