import type { ProfileName } from "../../../roads/index.ts";

/**
 * What is left of the usual speed in some weather.
 *
 * Motor traffic lies within what the Federal Highway Administration gives for arterials and freeways (ops.fhwa.dot.gov/weather,
 * "How Do Weather Events Impact Roads?"): a few percent less in rain, up to a sixth in heavy rain, a third and more in
 * heavy snow. Ice, and everything for people who ride or walk, is our own judgement: a source that knows better sends
 * slowdowns.
 */
const shares = {
  rain: { motor: 0.94, cycle: 0.9, walk: 0.97 },
  heavy_rain: { motor: 0.87, cycle: 0.75, walk: 0.9 },
  snow: { motor: 0.85, cycle: 0.65, walk: 0.85 },
  heavy_snow: { motor: 0.65, cycle: 0.4, walk: 0.7 },
  ice: { motor: 0.6, cycle: 0.35, walk: 0.6 },
  fog: { motor: 0.88, cycle: 0.95, walk: 1 },
  storm: { motor: 0.9, cycle: 0.6, walk: 0.85 },
} as const;

export type Weather = keyof typeof shares;
export const weathers = Object.keys(shares) as readonly Weather[];

export function shareIn(weather: Weather, profile: ProfileName): number {
  const share = shares[weather];
  if (profile === "bicycle" || profile === "cargo_bike") return share.cycle;
  return profile === "car" || profile === "van" ? share.motor : share.walk;
}
