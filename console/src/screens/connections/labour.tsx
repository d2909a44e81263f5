import { Group, Paper, Select, Skeleton, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { LabourAnswer } from "../../../../src/doors/api/contract.ts";
import { useAsk } from "../../app/asking.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import classes from "./connections.module.css";
import { LabourChart } from "./labour-chart.tsx";
import { hoursKnown } from "./labour-model.ts";
import { LabourTable } from "./labour-table.tsx";

/** Whether platforms have couriers and what they ask, by area and hour, as their answers to our own requests tell. */
export function Labour() {
  const { t, f } = useLocale();
  const [cell, setCell] = useState<string | null>(null);
  const [hour, setHour] = useState<string | null>(null);
  const query = { ...(cell === null ? {} : { cell }), ...(hour === null ? {} : { hour }) };
  const { data, error, refetch } = useAsk("labour", { query }, { every: 10_000, keep: true });
  return (
    <Paper withBorder p="md" component="section" aria-label={t("labour.title")}>
      <Title order={2}>{t("labour.title")}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t("labour.how")} {data && data.since !== null && t("labour.since", { time: f.when(data.since, data.now) })}
      </Text>
      {error !== null && data === undefined && <Problem error={error} again={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton h={160} role="status" aria-label={t("app.loading")} />}
      {data?.since === null && <Empty title={t("labour.none")} next={t("labour.none.next")} />}
      {data !== undefined && data.since !== null && (
        <>
          <Group align="flex-end" gap="sm" mb="xs">
            <Select
              label={t("labour.hour")}
              allowDeselect={false}
              data={[
                { value: "", label: t("labour.now") },
                ...hoursKnown(data).map((one) => ({ value: one, label: f.dateTime(one) })),
              ]}
              value={hour ?? ""}
              onChange={(chosen) => setHour(chosen === "" ? null : chosen)}
            />
            <Select
              label={t("labour.area")}
              allowDeselect={false}
              data={[{ value: "", label: t("labour.everywhere") }, ...areaNames(data, t)]}
              value={cell ?? ""}
              onChange={(chosen) => setCell(chosen === "" ? null : chosen)}
            />
          </Group>
          <Known data={data} cell={cell} />
        </>
      )}
    </Paper>
  );
}

function Known({ data, cell }: { readonly data: LabourAnswer; readonly cell: string | null }) {
  const { t, f } = useLocale();
  const names = new Map(areaNames(data, t).map(({ value, label }) => [value, label]));
  const areas = data.areas.filter((one) => cell === null || one.cell === cell);
  return (
    <>
      <Title order={3} fz="sm" mt="sm">
        {t("labour.byArea")}
      </Title>
      <LabourTable
        label={t("labour.byArea")}
        of={t("labour.area")}
        enough={data.enough}
        rows={areas.map((one) => ({ ...one, key: one.cell, name: names.get(one.cell) ?? one.cell }))}
      />
      <Title order={3} fz="sm" mt="md">
        {t("labour.over")}
      </Title>
      <div className={classes.charts}>
        <LabourChart
          title={t("labour.chartShare")}
          hours={data.hours}
          of={({ availableShare }) => availableShare}
          top={1}
          write={f.share}
        />
        {currenciesOf(data).map((currency) => (
          <LabourChart
            key={currency}
            title={t("labour.chartPrice")}
            hours={data.hours}
            of={({ price }) => (price?.median.currency === currency ? price.median.amount : null)}
            write={(amount) => f.money({ amount, currency })}
          />
        ))}
      </div>
      <details>
        <summary>{t("labour.asTable")}</summary>
        <LabourTable
          label={t("labour.asTable")}
          of={t("labour.hour")}
          enough={data.enough}
          rows={data.hours
            .toSorted((a, b) => (a.hour < b.hour ? 1 : -1))
            .map((one) => ({ ...one, key: one.hour, name: f.dateTime(one.hour) }))}
        />
      </details>
    </>
  );
}

const currenciesOf = ({ hours }: LabourAnswer): readonly string[] => [
  ...new Set(hours.flatMap(({ price }) => price?.median.currency ?? [])),
];

/** The street nearest its middle; two areas at one street, and those without one, are told apart by where they are. */
function areaNames(
  { cells }: LabourAnswer,
  t: ReturnType<typeof useLocale>["t"],
): readonly { readonly value: string; readonly label: string }[] {
  const streets = Map.groupBy(cells, ({ label }) => label);
  return cells.map(({ cell, label, middle: [longitude, latitude] }) => {
    const place = `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`;
    const alone = label !== null && streets.get(label)!.length === 1;
    return {
      value: cell,
      label: label === null ? place : t("labour.around", { street: alone ? label : `${label} (${place})` }),
    };
  });
}
