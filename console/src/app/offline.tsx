import { useNetwork } from "@mantine/hooks";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useLocale } from "../i18n/locale.tsx";
import { useFreshness } from "./live.tsx";
import classes from "./shell.module.css";

/** Longer than a stream takes to come back by itself, seconds. */
const LONG = 5;

/** Said across the page once the network is gone, with the age of what is shown; goes by itself. */
export function Offline() {
  const { t, f } = useLocale();
  const { online } = useNetwork();
  const freshness = useFreshness();
  const age_s = freshness.kind === "reconnecting" ? freshness.age_s : null;
  if (online && (age_s ?? 0) < LONG) return null;
  return (
    <div className={classes.offline} role="alert">
      <IconPlugConnectedX size={16} aria-hidden />
      <strong>{t("offline.title")}</strong>
      <span>{age_s === null ? t("offline.unknown") : t("offline.why", { age: f.age(age_s) })}</span>
    </div>
  );
}
