import { ActionIcon, Group, Select, Slider, Stack, Tabs, Text, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useLocale } from "../../../i18n/locale.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { FromPoint } from "./from-point.tsx";
import { Reports } from "./reports.tsx";
import classes from "./roads.module.css";
import { Rules } from "./rules.tsx";
import { SpeedLegend, Speeds } from "./speeds.tsx";
import type { Hours, Profile, Roads } from "./use-roads.ts";

const profiles: readonly Profile[] = ["car", "van", "cargo_bike", "bicycle", "foot", "robot"];
const hours: readonly Hours[] = ["now", "night", "morning_peak", "day", "evening_peak", "weekend"];

interface RoadsPanelProps {
  readonly roads: Roads;
  readonly close: () => void;
}

/** Everything that the map shows of the roads, for reading: the map's work without the map. */
export function RoadsPanel({ roads, close }: RoadsPanelProps) {
  const { t, word } = useLocale();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus(), []);
  useHotkeys([["Escape", close]]);
  const pieces = roads.view?.streets.length ?? 0;

  return (
    <div ref={frame} className={classes.panel} tabIndex={-1}>
      <Group gap={6} mb="sm" wrap="nowrap">
        <ActionIcon onClick={close} aria-label={t("live.back")}>
          <IconArrowLeft size={16} className="mp-flip" />
        </ActionIcon>
        <Title order={2} size="h3">
          {t("roads.title")}
        </Title>
      </Group>
      <Stack gap="sm">
        <Select
          label={t("roads.profile")}
          allowDeselect={false}
          data={profiles.map((value) => ({ value, label: word("profile", value) }))}
          value={roads.profile}
          onChange={(value) => value !== null && roads.setProfile(value)}
        />
        <HoursSlider value={roads.hours} set={roads.setHours} />
        <SpeedLegend roads={roads} />
      </Stack>
      {roads.error !== null && <Problem error={roads.error} again={roads.again} />}
      <Text size="xs" c="dimmed" mt="sm" role="status">
        {roads.view === undefined || roads.isOld
          ? t("app.loading")
          : `${t("roads.pieces", { n: pieces })}${roads.view.left > 0 ? ` ${t("roads.left", { n: roads.view.left })}` : ""}`}
      </Text>
      <Tabs defaultValue="speeds" mt="xs" keepMounted={false} classNames={{ tab: classes.tab }}>
        <Tabs.List>
          {(["speeds", "rules", "reports", "point"] as const).map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`roads.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="speeds" pt="sm">
          <Speeds view={roads.view} />
        </Tabs.Panel>
        <Tabs.Panel value="rules" pt="sm">
          <Rules view={roads.view} />
        </Tabs.Panel>
        <Tabs.Panel value="reports" pt="sm">
          <Reports reports={roads.reports} />
        </Tabs.Panel>
        <Tabs.Panel value="point" pt="sm">
          <FromPoint roads={roads} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function HoursSlider({ value, set }: { readonly value: Hours; readonly set: (hours: Hours) => void }) {
  const { t, word } = useLocale();
  const wordsAt = (at: number): string => `${word("roads.hours", hours[at]!)}, ${word("roads.hoursNote", hours[at]!)}`;
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={500} aria-hidden="true">
          {t("roads.hours")}
        </Text>
        <Text size="sm" c="dimmed" aria-hidden="true">
          {wordsAt(hours.indexOf(value))}
        </Text>
      </Group>
      <Slider
        min={0}
        max={hours.length - 1}
        step={1}
        label={null}
        marks={hours.map((_, at) => ({ value: at }))}
        thumbLabel={t("roads.hours")}
        thumbValueText={wordsAt}
        value={hours.indexOf(value)}
        onChange={(at) => set(hours[at]!)}
      />
    </div>
  );
}
