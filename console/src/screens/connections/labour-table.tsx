import { Group, Table, Text } from "@mantine/core";
import type { LabourAnswer } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { answersOf } from "./labour-model.ts";

type Row = Omit<LabourAnswer["areas"][number], "cell"> & { readonly key: string; readonly name: string };

interface LabourTableProps {
  readonly label: string;
  /** What `name` of a row is. */
  readonly of: string;
  readonly enough: number;
  readonly rows: readonly Row[];
}

/** Estimates with their sample and age; too small a sample says nothing. */
export function LabourTable({ label, of, enough, rows }: LabourTableProps) {
  const { t } = useLocale();
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("labour.unknown")}
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} role="region" aria-label={label}>
      <Table fz="0.8125rem" className="mp-num">
        <Table.Thead>
          <Table.Tr>
            {[
              of,
              t("labour.platform"),
              t("labour.available"),
              t("labour.price"),
              t("labour.range"),
              t("labour.wait"),
              t("labour.sample"),
              t("labour.age"),
            ].map((title) => (
              <Table.Th key={title} scope="col">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Line key={`${row.participant.id} ${row.key}`} row={row} enough={enough} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Line({ row, enough }: { readonly row: Row; readonly enough: number }) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const { participant, price, waitSeconds, availableShare, quoted, noCouriers, notServed, refused, unanswered } = row;
  const said = t("labour.answers", {
    quoted: f.number(quoted),
    none: f.number(noCouriers),
    outside: f.number(notServed),
    refused: f.number(refused),
    silent: f.number(unanswered),
  });
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {row.name}
      </Table.Th>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <CarrierMark carrier={participant.id} />
          {participant.name}
        </Group>
      </Table.Td>
      <Table.Td>
        {availableShare === null
          ? t("labour.tooFew", { n: f.number(quoted + noCouriers), enough: f.number(enough) })
          : f.share(availableShare)}
      </Table.Td>
      <Table.Td>
        {price === null ? t("labour.unknown") : f.money(price.median)}
        {price !== null && (
          <Text size="xs" c="dimmed">
            {t("labour.distance")} {f.distance(price.distanceMeters)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{price === null ? "–" : `${f.money(price.low)} – ${f.money(price.high)}`}</Table.Td>
      <Table.Td>{waitSeconds === null ? t("labour.unknown") : f.age(waitSeconds)}</Table.Td>
      <Table.Td title={said}>
        {f.number(answersOf(row))}
        <span className="mp-unseen"> {said}</span>
      </Table.Td>
      <Table.Td>{f.age((Date.parse(now) - Date.parse(row.lastAt)) / 1000)}</Table.Td>
    </Table.Tr>
  );
}
