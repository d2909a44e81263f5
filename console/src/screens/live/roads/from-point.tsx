import { Alert, Button, Chip, Group, Stack, Text, Title } from "@mantine/core";
import { IconCurrentLocation, IconX } from "@tabler/icons-react";
import { useLocale } from "../../../i18n/locale.tsx";
import { Problem } from "../../../parts/problem.tsx";
import classes from "./roads.module.css";
import type { Asked, Roads } from "./use-roads.ts";

/** Which road a place is served from and why, and how far one gets from there. */
export function FromPoint({ roads }: { readonly roads: Roads }) {
  const { t } = useLocale();
  const { asked, askAt, middle } = roads;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("roads.click")}
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconCurrentLocation size={15} aria-hidden />}
          disabled={middle === null}
          onClick={() => askAt(middle)}
        >
          {t("roads.middle")}
        </Button>
        {asked !== null && (
          <Button variant="subtle" leftSection={<IconX size={15} aria-hidden />} onClick={() => askAt(null)}>
            {t("roads.clear")}
          </Button>
        )}
      </Group>
      <ReachMinutes {...roads} />
      <div aria-live="polite">{asked !== null && <Told asked={asked} />}</div>
    </Stack>
  );
}

const choices: readonly number[] = [3, 5, 10, 15, 20, 30, 45, 60];
const mostChosen = 4;

/** In how many minutes one gets how far: one at least, four at most. */
function ReachMinutes({ minutes, setMinutes }: Pick<Roads, "minutes" | "setMinutes">) {
  const { t, f } = useLocale();
  const choose = (chosen: readonly string[]) => {
    if (chosen.length > 0) setMinutes(chosen.map(Number).toSorted((a, b) => a - b));
  };
  return (
    <fieldset className={classes.choice}>
      <legend>{t("roads.reachIn")}</legend>
      <Chip.Group multiple value={minutes.map(String)} onChange={choose}>
        <Group gap={6}>
          {choices.map((one) => (
            <Chip
              key={one}
              size="xs"
              value={String(one)}
              disabled={!minutes.includes(one) && minutes.length >= mostChosen}
            >
              {f.minutes(one)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </fieldset>
  );
}

function Told({ asked: { snap, reach, error } }: { readonly asked: Asked }) {
  const { t, word, f } = useLocale();
  if (error !== null) return <Problem error={error} />;
  if (snap === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t("app.loading")}
      </Text>
    );
  if (snap.snap === null)
    return (
      <Alert color="yellow" variant="light" title={snap.problem?.detail}>
        {snap.problem?.mend}
      </Alert>
    );
  const { road, distance_m, side, isTwoWay } = snap.snap;
  return (
    <Stack gap="sm">
      <div>
        <Title order={3} size="h5">
          {road ?? t("roads.nameless")}
        </Title>
        <Text size="sm">
          {[f.distance(distance_m), side === null ? null : t(`roads.side.${side}`), isTwoWay ? null : t("roads.oneWay")]
            .filter((part) => part !== null)
            .join(" · ")}
        </Text>
      </div>
      <section className={classes.part}>
        <Title order={4} size="h6">
          {t("roads.passedOver")}
        </Title>
        {snap.passedOver.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("roads.nearest")}
          </Text>
        ) : (
          <ul>
            {snap.passedOver.map((passed) => (
              <li key={passed.way}>
                {passed.road ?? t("roads.nameless")}, {f.distance(passed.distance_m)}
                <Text size="xs" c="dimmed" component="div">
                  {word("because", passed.because)}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </section>
      {reach !== undefined && (
        <section className={classes.part}>
          <Title order={4} size="h6">
            {t("roads.reach")}
          </Title>
          <ul>
            {reach.areas.map(({ minutes, polygons }) => (
              <li key={minutes}>
                {f.minutes(minutes)}
                <Text size="xs" c="dimmed" component="div">
                  {t("roads.area", { area: f.number(areaOf(polygons), 1) })}
                </Text>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}

/** Square kilometres: outer rings run one way and count, holes the other and are taken away (the shoelace formula). */
function areaOf(polygons: readonly (readonly (readonly (readonly number[])[])[])[]): number {
  let doubled = 0;
  for (const ring of polygons.flat())
    for (let i = 1; i < ring.length; i++) {
      const [[x, y], [toX, toY]] = [ring[i - 1] as [number, number], ring[i] as [number, number]];
      doubled += (x * toY - toX * y) * Math.cos((y * Math.PI) / 180);
    }
  return (Math.abs(doubled) / 2) * 111.195 ** 2;
}
