import { Badge } from "@mantine/core";
import type { Answer } from "../../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../../app/live.tsx";
import { useLocale } from "../../../i18n/locale.tsx";
import { Empty } from "../../../parts/empty.tsx";
import classes from "./roads.module.css";

/** Who says that the roads are not as usual, how old that is, and whether it still holds. */
export function Reports({ reports }: { readonly reports: Answer<"roadConditions"> | undefined }) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  if (reports === undefined) return null;
  if (reports.sources.length === 0) return <Empty title={t("roads.noReports")} next={t("roads.noReports.next")} />;
  return (
    <ul className={classes.reports}>
      {reports.sources.map(({ source, observedAt, validUntil, isStale, closures, slowdowns }) => (
        <li key={source}>
          <strong>{source}</strong>{" "}
          <Badge variant="light" color={isStale ? "gray" : "teal"} size="sm" component="span" autoContrast>
            {isStale ? t("roads.stale") : t("roads.holds")}
          </Badge>
          <dl>
            <dt>{t("roads.age")}</dt>
            <dd>{f.age((Date.parse(now) - Date.parse(observedAt)) / 1000)}</dd>
            <dt>{t("roads.validUntil")}</dt>
            <dd>
              <time dateTime={validUntil}>{f.when(validUntil, now)}</time>
            </dd>
            <dt>{t("roads.closures")}</dt>
            <dd>{f.number(closures)}</dd>
            <dt>{t("roads.slowdowns")}</dt>
            <dd>{f.number(slowdowns)}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
