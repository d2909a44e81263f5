import { ActionIcon, Button, Select, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import type { ClockBody } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useLive, useNetworkNow, useTellClock } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { tellProblem } from "../../parts/problem.tsx";
import classes from "./live.module.css";

const speeds = [1, 2, 5, 10, 20, 30, 60];
const usual = 10;

/** The network's time in the city's zone; in the demo it can be paused, stepped and hurried. */
export function ClockControls() {
  const { session } = useSession();
  const { f } = useLocale();
  const now = useNetworkNow();
  return (
    <div className={classes.clock}>
      <time className={classes.time} dateTime={now} title={f.dateTime(now)}>
        {f.clock(now)}
      </time>
      <span className={classes.zone}>{f.zone}</span>
      {session.demo && <Controls />}
    </div>
  );
}

function Controls() {
  const { t, f } = useLocale();
  const { may } = useSession();
  const clock = useLive((state) => state.clock);
  const tell = useTellClock();
  const set = useMutation({
    mutationFn: async (steps: readonly ClockBody[]) => {
      for (const body of steps) tell(await ask("setClock", { body }));
    },
    onError: (error) => tellProblem(error, t),
  });
  const paused = clock?.paused ?? false;
  const speed = clock?.speed ?? usual;
  const idle = !may("admin") || set.isPending;
  const step = (minutes: number) =>
    set.mutate([...(paused ? [] : [{ action: "pause" } as const]), { action: "step", seconds: minutes * 60 }]);

  return (
    <div role="group" aria-label={t("clock.label")} className={classes.clock}>
      <Tooltip label={paused ? t("clock.play") : t("clock.pause")}>
        <ActionIcon
          variant="light"
          color="harbor"
          disabled={idle}
          aria-label={paused ? t("clock.play") : t("clock.pause")}
          onClick={() => set.mutate([paused ? { action: "play", speed } : { action: "pause" }])}
        >
          {paused ? <IconPlayerPlayFilled size={15} /> : <IconPlayerPauseFilled size={15} />}
        </ActionIcon>
      </Tooltip>
      {[1, 10].map((minutes) => (
        <Button
          key={minutes}
          size="compact-xs"
          variant="default"
          disabled={idle}
          onClick={() => step(minutes)}
          aria-label={`+${f.minutes(minutes)}: ${t("clock.step", { n: minutes })}`}
        >
          +{f.minutes(minutes)}
        </Button>
      ))}
      <Select
        aria-label={t("clock.speed")}
        w={76}
        disabled={idle}
        allowDeselect={false}
        data={[...new Set([...speeds, speed])]
          .toSorted((a, b) => a - b)
          .map((value) => ({ value: String(value), label: `${value}×` }))}
        value={String(speed)}
        onChange={(value) => value !== null && set.mutate([{ action: "play", speed: Number(value) }])}
      />
    </div>
  );
}
