import { Badge, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { RoadsAnswer } from "../../../../../src/doors/api/contract.ts";
import { useLocale } from "../../../i18n/locale.tsx";
import { Empty } from "../../../parts/empty.tsx";
import classes from "./roads.module.css";

/** Lines of a list that are written out; the map shows the others. */
const most = 60;

/** What is forbidden in view: zones, streets that are shut, turns. */
export function Rules({ view }: { readonly view: RoadsAnswer | undefined }) {
  const { t, word } = useLocale();
  if (view === undefined) return null;
  const shut = view.streets.flatMap((street) =>
    street.because === null ? [] : { ...street, because: street.because },
  );
  const closed = [...shut, ...view.closed];
  const { zones, turns } = view;
  if (closed.length + zones.length + turns.length === 0)
    return <Empty title={t("roads.noRules")} next={t("roads.noRules.next")} />;
  return (
    <>
      <Part title={t("roads.zones")} count={zones.length}>
        {zones.slice(0, most).map(({ name, kind, rule }, i) => (
          <li key={`${name} ${i}`}>
            {name}
            <Quiet>
              {word("zone", kind)}
              {rule === null ? ` · ${t("roads.zoneWithoutRule")}` : null}
            </Quiet>
            {rule !== null && <code className={classes.code}>{rule}</code>}
          </li>
        ))}
      </Part>
      <Part title={t("roads.turns")} count={turns.length}>
        {turns.slice(0, most).map(({ at, kind, when, from, to }, i) => (
          <li key={`${at.join()} ${i}`}>
            {word("turn", kind)}
            <Quiet>{t("roads.fromTo", { from: from ?? t("roads.nameless"), to: to ?? t("roads.nameless") })}</Quiet>
            {when !== null && <code className={classes.code}>{when}</code>}
          </li>
        ))}
      </Part>
      <Part title={t("roads.closed")} count={closed.length}>
        {closed.slice(0, most).map(({ name, way, because }, i) => (
          <li key={`${way} ${i}`}>
            {name ?? t("roads.nameless")}
            <Quiet>{word("because", because)}</Quiet>
          </li>
        ))}
      </Part>
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Part({ title, count, children }: PartProps) {
  const { t, f } = useLocale();
  if (count === 0) return null;
  return (
    <section className={classes.part}>
      <Title order={3} size="h5">
        {title}{" "}
        <Badge variant="default" size="sm" component="span">
          {f.number(count)}
        </Badge>
      </Title>
      <ul>{children}</ul>
      {count > most && (
        <Text size="xs" c="dimmed">
          {t("roads.moreOnMap", { n: count - most })}
        </Text>
      )}
    </section>
  );
}

const Quiet = ({ children }: { readonly children: ReactNode }) => (
  <Text size="xs" c="dimmed" component="div">
    {children}
  </Text>
);
