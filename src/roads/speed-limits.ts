/** Km/h that a country's law sets where no sign does; and on which side of the road it drives. */
interface Law {
  readonly urban: number;
  readonly rural: number;
  /** Null where the law sets none. */
  readonly motorway: number | null;
  readonly living: number;
  readonly drivesLeft?: true;
}

const law = (urban: number, rural: number, motorway: number | null, living: number): Law => ({
  urban,
  rural,
  motorway,
  living,
});
const leftLaw = (...limits: Parameters<typeof law>): Law => ({ ...law(...limits), drivesLeft: true });
const mph = 1.609_344;
const walkingPace = 7;

/** Where no country is named, or it is not in the table: what most of Europe has. */
const usual = law(50, 90, 120, 10);

/**
 * By ISO 3166-1 alpha-2 code. Where law differs within a country (Belgium's regions, states, kinds of vehicle), what
 * holds for most of it.
 *
 * Source: wiki.openstreetmap.org, "Default speed limits", read in November 2026.
 */
const laws: Readonly<Record<string, Law>> = {
  AT: law(50, 100, 130, walkingPace),
  AU: leftLaw(50, 100, 110, 10),
  BE: law(50, 70, 120, 20),
  BG: law(50, 90, 140, 20),
  CH: law(50, 80, 120, 20),
  CZ: law(50, 90, 130, 20),
  DE: law(50, 100, null, walkingPace),
  DK: law(50, 80, 130, 15),
  EE: law(50, 90, 110, 20),
  ES: law(50, 90, 120, 20),
  FI: law(50, 100, 120, 20),
  FR: law(50, 80, 130, 20),
  GB: leftLaw(30 * mph, 60 * mph, 70 * mph, 20 * mph),
  GR: law(50, 90, 130, 20),
  HR: law(50, 90, 130, walkingPace),
  HU: law(50, 90, 130, 20),
  IE: leftLaw(50, 80, 120, 20),
  IS: law(50, 80, 90, 10),
  IT: law(50, 90, 130, 10),
  JP: leftLaw(60, 60, 100, 20),
  LT: law(50, 90, 130, 20),
  LU: law(50, 90, 130, 20),
  LV: law(50, 90, 110, 20),
  MC: law(50, 50, 50, 20),
  MT: leftLaw(50, 80, 80, 10),
  NL: law(50, 80, 100, 15),
  NO: law(50, 80, 110, walkingPace),
  NZ: leftLaw(50, 100, 100, 10),
  PL: law(50, 90, 140, 20),
  PT: law(50, 90, 120, 20),
  RO: law(50, 90, 130, 20),
  RS: law(50, 80, 120, 10),
  SE: law(50, 70, 110, walkingPace),
  SI: law(50, 90, 130, 10),
  SK: law(50, 90, 130, 20),
  TR: law(50, 90, 120, 20),
  UA: law(50, 90, 130, 20),
  US: law(25 * mph, 55 * mph, 65 * mph, 15 * mph),
  ZA: leftLaw(60, 100, 120, 20),
};

const lawOf = (country: string | null): Law => laws[country?.toUpperCase() ?? ""] ?? usual;

export const drivesLeft = (country: string | null): boolean => lawOf(country).drivesLeft === true;

/**
 * The most that the law of a named country allows on this kind of way, in town or out of it; null where it says nothing,
 * or no known country is named.
 */
export function legalLimit(highway: string, country: string | null): number | null {
  if (country === null || laws[country.toUpperCase()] === undefined) return null;
  const { rural, motorway, living } = lawOf(country);
  if (highway === "motorway" || highway === "motorway_link") return motorway;
  if (highway === "trunk" || highway === "trunk_link") return onTrunk(rural, motorway);
  return highway === "living_street" ? living : rural;
}

const onTrunk = (rural: number, motorway: number | null): number => Math.min(rural + 10, motorway ?? Infinity);

/**
 * A `maxspeed` value in km/h: a number (`50`, `30 mph`, `5 knots`), `walk`, or a kind of place such as `RO:urban`, by
 * that country's law; `Infinity` for `none`; null when it cannot be read.
 *
 * Source: wiki.openstreetmap.org, "Key:maxspeed".
 */
export function limitOf(value: string | undefined, country: string | null): number | null {
  if (value === undefined) return null;
  const text = value.split(";", 1)[0]!.trim();
  if (text === "walk") return walkingPace;
  if (text === "none") return Infinity;
  const [, code, kind] = /^(?:([A-Z]{2})(?:-[A-Z]+)?:)?([a-z_]\w*(?::\d+)?|zone:?\d+)$/.exec(text) ?? [];
  if (kind !== undefined) return limitByKind(kind, lawOf(code ?? country));
  const [, number, unit] = /^(?:[A-Z]{2}:)?(\d+(?:\.\d+)?)\s*(km\/h|kmh|kph|mph|knots)?$/.exec(text) ?? [];
  if (number === undefined || Number(number) < 1) return null;
  return Number(number) * (unit === "mph" ? mph : unit === "knots" ? 1.852 : 1);
}

function limitByKind(kind: string, { urban, rural, motorway, living }: Law): number | null {
  const [, zone] = /^zone:?(\d+)$/.exec(kind) ?? [];
  if (zone !== undefined) return Number(zone);
  const limits: Readonly<Record<string, number>> = {
    urban,
    rural,
    trunk: onTrunk(rural, motorway),
    motorway: motorway ?? Infinity,
    living_street: living,
    bicycle_road: 30,
    school: 30,
  };
  return limits[kind] ?? null;
}
