import { Skeleton } from "@mantine/core";
import { useAsk } from "../../app/asking.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { orderRows } from "./live-model.ts";
import { useLive } from "../../app/live.tsx";
import classes from "./live.module.css";

/** The day so far, in a handful of numbers. */
export function Counters() {
  const { t, f } = useLocale();
  const { data } = useAsk("summary", { query: {} }, { every: 3000 });
  const live = useLive((state) => state.live);
  const late = live === null ? null : orderRows(live).filter(({ promise }) => promise === "late").length;
  const share = (value: number | null) => (value === null ? "–" : f.share(value));

  if (data === undefined) return <Skeleton h={34} w={360} maw="80%" role="status" aria-label={t("app.loading")} />;
  const counters: readonly { label: string; value: string; bad?: boolean }[] = [
    { label: t("live.open"), value: f.number(data.open) },
    { label: t("live.delivered"), value: f.number(data.delivered) },
    { label: t("live.late"), value: late === null ? "–" : f.number(late), bad: (late ?? 0) > 0 },
    { label: t("live.onTime"), value: share(data.onTimeShare) },
    { label: t("live.thirdParty"), value: share(data.thirdPartyShare) },
    {
      label: t("live.cost"),
      value:
        data.costPerOrderMinor === null
          ? "–"
          : f.money({ amount: Math.round(data.costPerOrderMinor), currency: data.currency }),
    },
  ];
  return (
    <dl className={classes.counters} aria-label={t("live.counters")}>
      {counters.map(({ label, value, bad = false }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd data-bad={bad}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
