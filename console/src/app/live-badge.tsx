import { useLocale } from "../i18n/locale.tsx";
import { useFreshness } from "./live.tsx";
import classes from "./live-badge.module.css";

/** Whether what stands on the screen is true now: live, or how old it is. Spoken when it changes its kind, not each second. */
export function LiveBadge() {
  const { t, f } = useLocale();
  const freshness = useFreshness();
  const age = freshness.kind === "reconnecting" ? freshness.age_s : null;
  return (
    <span className={classes.badge} data-kind={freshness.kind}>
      <span className={classes.dot} aria-hidden="true" />
      <span role="status">{t(`connection.${freshness.kind}`)}</span>
      {age !== null && <span className={classes.age}>{t("connection.age", { age: f.age(age) })}</span>}
    </span>
  );
}
