import {
  type Band,
  bands,
  decimetersOf,
  dependsOnBand,
  graphUnder,
  millisecondsOf,
  type RoadClass,
  roadClasses,
  type RoadGraph,
} from "../../roads/index.ts";

/** km/h over all length of a kind of road, waits left out: traffic flowing freely, and usually in each band of hours; null where all of it is closed. */
type SpeedsByHour = Readonly<Record<"free" | Band, number | null>>;

/** By kind of road; `all` is all of them together. Kinds that a profile does not use are left out. */
export type SpeedTable = Readonly<Partial<Record<RoadClass | "all", SpeedsByHour>>>;

/** Usual speeds are the same in every month, but for streets whose signs name some: those are read in June. */
const month = 6;

/** What a graph's streets are driven at. Null for who is not held up by the hour. */
export function speedTable(graph: RoadGraph): SpeedTable | null {
  if (!dependsOnBand(graph)) return null;
  const columns = [null, ...bands].map((band) => {
    const then = graphUnder(graph, band === null ? null : { band, month });
    return [band ?? "free", speedsOf(then)] as const;
  });
  const kinds = (["all", ...roadClasses] as const).filter((kind) => columns[0]![1].has(kind));
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      Object.fromEntries(columns.map(([hours, speeds]) => [hours, speeds.get(kind) ?? null])),
    ]),
  );
}

function speedsOf({ arcKey, arcWait, arcSide, stretchClass }: RoadGraph): Map<RoadClass | "all", number> {
  const sums = new Map<RoadClass | "all", { decimeters: number; milliseconds: number }>();
  arcKey.forEach((key, arc) => {
    if (key === Infinity) return;
    for (const kind of ["all", roadClasses[stretchClass[arcSide[arc]! >> 1]!]!] as const) {
      const sum = sums.get(kind) ?? { decimeters: 0, milliseconds: 0 };
      sum.decimeters += decimetersOf(key);
      sum.milliseconds += millisecondsOf(key) - arcWait[arc]!;
      sums.set(kind, sum);
    }
  });
  return new Map(
    [...sums].map(([kind, { decimeters, milliseconds }]) => [
      kind,
      Math.round((decimeters * 3600) / Math.max(1, milliseconds)) / 10,
    ]),
  );
}
