import { Badge, Group, Table, Text } from "@mantine/core";
import type { ConnectionView } from "../../../../src/doors/api/contract.ts";
import { useLocale } from "../../i18n/locale.tsx";
import classes from "./connections.module.css";

const colors = { full: "teal", down_weighted: "yellow", excluded: "red" } as const;

/** How old what we know of its deliveries is, against how old it may be, and what follows. */
export function FreshnessFacts({ freshness: { facts, quoteSeconds, trust, why } }: Pick<ConnectionView, "freshness">) {
  const { t, f } = useLocale();
  return (
    <section className={classes.notes} aria-label={t("fresh.title")}>
      <Group gap="xs" justify="space-between">
        <Text size="sm">{t("fresh.title")}</Text>
        <Badge color={colors[trust]} variant="light" className="mp-badge">
          {t(`trust.${trust}`)}
        </Badge>
      </Group>
      <Table fz="xs" verticalSpacing={2} horizontalSpacing={4} mt={4} className="mp-num">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("fresh.fact")}</Table.Th>
            <Table.Th scope="col">{t("fresh.oldest")}</Table.Th>
            <Table.Th scope="col">{t("fresh.level")}</Table.Th>
            <Table.Th scope="col">{t("fresh.stale")}</Table.Th>
            <Table.Th scope="col">{t("fresh.breaches")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {facts.map(({ fact, levelSeconds, oldestSeconds, stale, watched, breaches }) => (
            <Table.Tr key={fact}>
              <Table.Th scope="row" fw={500}>
                {t(`fresh.${fact}`)}
              </Table.Th>
              <Table.Td className={stale > 0 ? classes.bad : ""}>
                {oldestSeconds === null ? t("fresh.unknown") : f.age(oldestSeconds)}
              </Table.Td>
              <Table.Td>{levelSeconds === null ? t("fresh.notTold") : f.age(levelSeconds)}</Table.Td>
              <Table.Td className={stale > 0 ? classes.bad : ""}>
                {t("fresh.of", { stale: f.number(stale), watched: f.number(watched) })}
              </Table.Td>
              <Table.Td>{f.number(breaches)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt={2}>
        {t("fresh.quote", { age: f.age(quoteSeconds) })}
      </Text>
      {why !== null && (
        <Text size="sm" className={classes.bad}>
          {t(`trust.${trust}.means`)}
        </Text>
      )}
    </section>
  );
}
