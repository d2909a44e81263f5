import { Group, useComputedColorScheme } from "@mantine/core";
import type { LabourAnswer } from "../../../../src/doors/api/contract.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { palettes } from "../../map/palette.ts";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { useCarrierLooks } from "../../parts/use-carrier-looks.ts";
import classes from "./connections.module.css";
import { hoursBetween, roundTop, seriesOf, type Series } from "./labour-model.ts";

type Hour = LabourAnswer["hours"][number];

interface LabourChartProps {
  readonly title: string;
  readonly hours: readonly Hour[];
  /** The figure of an hour; null: unknown. */
  readonly of: (hour: Hour) => number | null;
  /** The end of the scale; a round number above all figures when left out. */
  readonly top?: number;
  readonly write: (value: number) => string;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [420, 170, 58, 22, 10, 12];

/** A figure over the hours, a line for each platform; hours of which nothing is known are gaps. Time runs from left to right in every language. */
export function LabourChart({ title, hours, of, top, write }: LabourChartProps) {
  const { t, f } = useLocale();
  const series = seriesOf(hours, of).filter(({ runs }) => runs.length > 0);
  const span = hoursBetween(series);
  if (span === null) return null;
  const end = top ?? roundTop(Math.max(...series.flatMap(({ runs }) => runs.flat().map(({ value }) => value))));
  const x = (hour: number) => LEFT + ((hour - span.first) / (span.last - span.first)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / end) * (HEIGHT - BOTTOM - TOP);
  const count = new Set(series.flatMap(({ runs }) => runs.flat().map(({ hour }) => hour))).size;
  return (
    <figure className={classes.chart}>
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        direction="ltr"
        aria-label={t("labour.chartSaid", { title, hours: count, platforms: series.length })}
      >
        {[0, end / 2, end].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} className={classes.grid} />
            <text x={LEFT - 6} y={y(value) + 3} textAnchor="end">
              {write(value)}
            </text>
          </g>
        ))}
        {[span.first, span.last].map((hour, nth) => (
          <text key={hour} x={x(hour)} y={HEIGHT - 6} textAnchor={nth === 0 ? "start" : "end"}>
            {f.when(new Date(hour).toISOString(), new Date(span.last).toISOString())}
          </text>
        ))}
        {series.map((one) => (
          <Line key={one.participant.id} series={one} x={x} y={y} />
        ))}
      </svg>
      <Group gap="sm">
        {series.map(({ participant }) => (
          <Group key={participant.id} gap={4} wrap="nowrap">
            <CarrierMark carrier={participant.id} size={12} />
            {participant.name}
          </Group>
        ))}
      </Group>
    </figure>
  );
}

interface LineProps {
  readonly series: Series;
  readonly x: (hour: number) => number;
  readonly y: (value: number) => number;
}

function Line({ series: { participant, runs }, x, y }: LineProps) {
  const look = useCarrierLooks().get(participant.id);
  const palette = palettes[useComputedColorScheme("light")];
  const color = look === undefined ? palette.open : palette.carriers[look.color]!;
  return (
    <g fill="none" stroke={color} strokeWidth="2" strokeLinejoin="round">
      {runs.map((run) => (
        <g key={run[0]!.hour}>
          <polyline points={run.map(({ hour, value }) => `${x(hour)},${y(value)}`).join(" ")} />
          {run.map(({ hour, value }) => (
            <circle key={hour} cx={x(hour)} cy={y(value)} r="2.5" fill={color} stroke="none" />
          ))}
        </g>
      ))}
    </g>
  );
}
