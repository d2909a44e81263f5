import { isPoint, type Point } from "../../../kernel/point.ts";
import { after, fromIso, type Instant, type Seconds } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import type { RoadPlace } from "../../../roads/index.ts";
import { type EndedElement, readXml } from "./read-xml.ts";
import type { ConditionsReport, Span, UnreadableReport } from "./report.ts";

const situations = "http://datex2.eu/schema/3/situation";

/** What a publication held, so that what was left out is seen. */
export interface DatexCounts {
  readonly records: number;
  readonly closures: number;
  /** Restrictions that close nothing, accidents, works beside the road. */
  readonly other: number;
  /** Closures that are suspended, not yet in force, or come back by the hour, which is not read. */
  readonly dormant: number;
  /** Closures without coordinates (Alert-C and OpenLR are not read). */
  readonly unplaced: number;
}

export interface DatexReport {
  readonly report: ConditionsReport;
  readonly counts: DatexCounts;
}

/** How a feed is taken. */
export interface DatexFeed {
  readonly source: string;
  /** A publication says nothing of how long it holds: so long, unless a newer one comes. */
  readonly holds: Seconds;
}

/**
 * The closures of a DATEX II situation publication, version 3: records of `RoadOrCarriagewayOrLaneManagement` that say
 * `roadClosed` or `carriagewayClosures`, at points and lines by coordinates.
 *
 * Source: EN 16157-2, -3 and -7 (docs.datex2.eu); element names as in the user guide's location referencing.
 */
export function readDatex(
  xml: string,
  { source, holds }: DatexFeed,
  now: Instant,
): Result<DatexReport, UnreadableReport> {
  const records = new Records();
  const fault = readXml(xml, records);
  const no = (reason: string, at: string) => refuse({ code: "ROAD_REPORT_UNREADABLE", reason, at } as const);
  if (fault !== null) return no(fault.reason, `line ${fault.line}`);
  if (!records.isPublication) return no("is no DATEX II version 3 situation publication", "line 1");
  const observedAt = records.published !== null && records.published <= now ? records.published : now;
  const validUntil = after(observedAt, holds);
  return ok({
    report: { source, observedAt, validUntil, closures: records.closures, slowdowns: [] },
    counts: records.counts,
  });
}

const closing = new Set(["roadClosed", "carriagewayClosures"]);
/** Stages of an operator's action at which nothing is closed yet, or no longer. */
const inactive = new Set(["requested", "approved", "beingTerminated"]);

interface Coordinates {
  lat: number;
  lon: number;
  bearing: number | null;
}

/** One record, as far as it was read. */
class SituationRecord {
  management: string | null = null;
  status: string | null = null;
  action: string | null = null;
  from: Instant | null = null;
  until: Instant | null = null;
  recurs = false;
  readonly periods: { from: Instant | null; until: Instant | null }[] = [];
  readonly lines: Point[][] = [];
  readonly points: Coordinates[] = [];
  #latitude = Number.NaN;
  #bearing: number | null = null;

  take({ name, text, around }: EndedElement): void {
    if (name === "roadOrCarriagewayOrLaneManagementType") this.management = text;
    else if (name === "validityStatus") this.status = text;
    else if (name === "operatorActionStatus") this.action = text;
    else if (name === "overallStartTime") this.from = fromIso(text);
    else if (name === "overallEndTime") this.until = fromIso(text);
    else if (name.startsWith("recurring")) this.recurs = true;
    else if (around.includes("validPeriod")) this.#takePeriod(name, text);
    else if (name === "validPeriod") this.periods.push(this.#period());
    else if (around.includes("locationReference")) this.#takePlace(name, text);
  }

  #start: Instant | null = null;
  #end: Instant | null = null;

  #takePeriod(name: string, text: string): void {
    if (name === "startOfPeriod") this.#start = fromIso(text);
    if (name === "endOfPeriod") this.#end = fromIso(text);
  }

  #period(): { from: Instant | null; until: Instant | null } {
    const period = { from: this.#start, until: this.#end };
    [this.#start, this.#end] = [null, null];
    return period;
  }

  /** Positions are latitude first. A bearing stands before the coordinates that it belongs to. */
  #takePlace(name: string, text: string): void {
    if (name === "posList") this.lines.push(lineOf(text));
    else if (name === "bearing") this.#bearing = Number(text);
    else if (name === "latitude") this.#latitude = Number(text);
    else if (name === "longitude") {
      this.points.push({ lat: this.#latitude, lon: Number(text), bearing: this.#bearing });
      [this.#latitude, this.#bearing] = [Number.NaN, null];
    }
  }

  get spans(): Span[] {
    const whole: Span = { from: this.from, until: this.until };
    return this.periods.length === 0 ? [whole] : this.periods;
  }

  get places(): RoadPlace[] {
    const lines = this.lines.filter((line) => line.length > 1);
    if (lines.length > 0) return lines.map((line) => ({ kind: "line", line }));
    const points = this.points.filter(({ lon, lat }) => isPoint([lon, lat]));
    if (points.length > 1) return [{ kind: "line", line: points.map(({ lon, lat }): Point => [lon, lat]) }];
    return points.map(aroundPoint);
  }
}

/** Empty when any of it is no pair of numbers. */
function lineOf(text: string): Point[] {
  const numbers = text === "" ? [] : text.split(/\s+/).map(Number);
  const line: Point[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) line.push([numbers[i + 1]!, numbers[i]!]);
  return numbers.length % 2 === 0 && line.every(isPoint) ? line : [];
}

const metersPerDegree = 111_195;

/** With a bearing the ten metres before and behind; without, whatever comes within five. */
function aroundPoint({ lat, lon, bearing }: Coordinates): RoadPlace {
  const east = metersPerDegree * Math.cos((lat * Math.PI) / 180);
  const off = (degrees: number, meters: number): Point => {
    const angle = (degrees * Math.PI) / 180;
    return [lon + (Math.sin(angle) * meters) / east, lat + (Math.cos(angle) * meters) / metersPerDegree];
  };
  if (bearing !== null && Number.isFinite(bearing))
    return { kind: "line", line: [off(bearing + 180, 10), off(bearing, 10)] };
  return { kind: "area", ring: [45, 135, 225, 315].map((degrees) => off(degrees, 5)) };
}

class Records {
  isPublication = false;
  published: Instant | null = null;
  readonly closures: ConditionsReport["closures"][number][] = [];
  #record: SituationRecord | null = null;
  readonly #counts = { records: 0, closures: 0, other: 0, dormant: 0, unplaced: 0 };

  get counts(): DatexCounts {
    return this.#counts;
  }

  opened(name: string, space: string, { type }: Readonly<Record<string, string>>): void {
    if (type !== undefined && /(?:^|:)SituationPublication$/.test(type) && hasVersion3(space))
      this.isPublication = true;
    if (name === "situationRecord" && space === situations) this.#record = new SituationRecord();
  }

  ended(element: EndedElement): void {
    const { name, space, text } = element;
    if (name === "publicationTime") this.published = fromIso(text);
    if (this.#record === null) return;
    if (name === "situationRecord" && space === situations) this.#finish(this.#record);
    else this.#record.take(element);
  }

  #finish(record: SituationRecord): void {
    this.#record = null;
    const counts = this.#counts;
    counts.records++;
    if (record.management === null || !closing.has(record.management)) counts.other++;
    else if (record.status === "suspended" || inactive.has(record.action ?? "") || record.recurs) counts.dormant++;
    else if (record.places.length === 0) counts.unplaced++;
    else {
      counts.closures++;
      for (const where of record.places)
        for (const span of record.spans) this.closures.push({ where, profiles: null, ...span });
    }
  }
}

const hasVersion3 = (space: string): boolean => space.startsWith("http://datex2.eu/schema/3/");
