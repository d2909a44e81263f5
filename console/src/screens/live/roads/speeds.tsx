import { Button, Table, Text, useComputedColorScheme } from "@mantine/core";
import { useMemo, useState } from "react";
import type { RoadsAnswer } from "../../../../../src/doors/api/contract.ts";
import { useLocale } from "../../../i18n/locale.tsx";
import { palettes } from "../../../map/palette.ts";
import { Empty } from "../../../parts/empty.tsx";
import { breaksOf, lengthOf, paceOf, streetRows } from "./road-model.ts";
import classes from "./roads.module.css";
import type { Roads } from "./use-roads.ts";

/** What the colours mean, and how much of the view has each. */
export function SpeedLegend({ roads: { view, profile } }: { readonly roads: Roads }) {
  const { t, f } = useLocale();
  const { speeds } = palettes[useComputedColorScheme("light")];
  const lengths = useMemo(() => {
    const sums = speeds.map(() => 0);
    for (const street of view?.streets ?? []) {
      const pace = paceOf(street, profile);
      if (pace !== null) sums[pace]! += lengthOf(street);
    }
    return sums;
  }, [view, profile, speeds]);
  const ends = breaksOf(profile);
  return (
    <ul className={classes.legend} aria-label={t("roads.legend")}>
      {speeds.map((color, i) => (
        <li key={color}>
          <span className={classes.swatch} style={{ background: color }} aria-hidden="true" />
          <span dir="ltr">{i < ends.length ? `≤ ${f.number(ends[i]!)}` : `> ${f.number(ends[i - 1]!)}`}</span>
          <span className={classes.quiet}>{f.distance(lengths[i]!)}</span>
        </li>
      ))}
    </ul>
  );
}

const page = 40;

/** The streets in view, the most held up first. */
export function Speeds({ view }: { readonly view: RoadsAnswer | undefined }) {
  const { t, word, f } = useLocale();
  const [shown, setShown] = useState(page);
  const rows = useMemo(() => streetRows(view?.streets ?? []), [view]);
  if (view === undefined) return null;
  if (rows.length === 0) return <Empty title={t("roads.none")} next={t("roads.none.next")} />;
  return (
    <>
      <Table className={classes.table} withRowBorders verticalSpacing={4} horizontalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("roads.street")}</Table.Th>
            <Table.Th className={classes.number}>{t("roads.speed")}</Table.Th>
            <Table.Th className={classes.number}>{t("roads.share")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, shown).map((row) => (
            <Table.Tr key={`${row.name} ${row.kind}`}>
              <Table.Td>
                {row.name ?? t("roads.nameless")}
                <Text size="xs" c="dimmed" component="div">
                  {[
                    word("road", row.kind),
                    f.distance(row.length),
                    row.isOneWay ? t("roads.oneWay") : null,
                    row.isTimed ? t("roads.timed") : null,
                    row.zone,
                  ]
                    .filter((part) => part !== null)
                    .join(" · ")}
                </Text>
              </Table.Td>
              <Table.Td className={classes.number}>
                {row.speed === null ? t("roads.shut") : f.number(row.speed)}
              </Table.Td>
              <Table.Td className={classes.number}>{row.share === null ? "–" : f.share(roundTo(row.share))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > shown && (
        <Button variant="default" mt="xs" fullWidth onClick={() => setShown(shown + page)}>
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

/** To whole hundredths: more would claim what nobody measured. */
const roundTo = (share: number): number => Math.round(share * 100) / 100;
