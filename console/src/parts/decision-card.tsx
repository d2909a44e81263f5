import { Badge, Group, Table, Text } from "@mantine/core";
import type { DecisionView } from "../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../app/live.tsx";
import { useLocale } from "../i18n/locale.tsx";
import { CarrierMark } from "./carrier-mark.tsx";
import { decisionSentence, lossWords, ranked, whoIs } from "./decision-words.ts";

/** One automated choice, so that anybody can see why: the sentence, every candidate with the reason it lost, what was known and how old it was. */
export function DecisionCard({ decision }: { readonly decision: DecisionView }) {
  const locale = useLocale();
  const { t, f, word } = locale;
  const now = useNetworkNow();
  const currency = decision.candidates.find(({ price }) => price !== null)?.price?.currency ?? "EUR";

  return (
    <article aria-label={t("decision.at", { time: f.when(decision.at, now) })}>
      <Text fw={560}>{decisionSentence(decision, locale)}</Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t("decision.meta", {
          time: f.when(decision.at, now),
          latency: f.wait(decision.latencyMs),
          quotes: f.wait(decision.quoteWaitMs),
        })}
      </Text>
      <Table.ScrollContainer minWidth={460} type="native">
        <Table verticalSpacing={5} fz="0.8125rem">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("decision.candidate")}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t("column.price")}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t("decision.expected")}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t("stop.dropoff")}
              </Table.Th>
              <Table.Th scope="col">{t("decision.why")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ranked(decision.candidates).map((candidate, i) => (
              <Table.Tr key={i} style={candidate.chosen ? { background: "var(--mp-selected)" } : undefined}>
                <Table.Th scope="row" fw={candidate.chosen ? 600 : 400}>
                  <Group gap={7} wrap="nowrap">
                    <CarrierMark carrier={candidate.carrier.id} />
                    <span>{whoIs(candidate)}</span>
                  </Group>
                </Table.Th>
                <Table.Td ta="end" className="mp-num">
                  {candidate.price === null ? "–" : f.money(candidate.price)}
                </Table.Td>
                <Table.Td ta="end" className="mp-num">
                  {candidate.expectedCostMinor === null
                    ? "–"
                    : f.money({ amount: Math.round(candidate.expectedCostMinor), currency })}
                </Table.Td>
                <Table.Td ta="end" className="mp-num">
                  {candidate.dropoffAt === null ? "–" : f.when(candidate.dropoffAt, now)}
                </Table.Td>
                <Table.Td>
                  {candidate.chosen ? (
                    <Badge color="teal">{t("decision.chosen")}</Badge>
                  ) : candidate.lost === null ? (
                    "–"
                  ) : (
                    <Text span size="sm" c="dimmed" title={candidate.lost.code}>
                      {lossWords(candidate.lost, currency, locale)}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt={6}>
        {t("decision.policy", {
          name: word("policy", decision.policy.name),
          version: decision.policy.version,
          perMinute: f.money({ amount: Math.round(decision.policy.latenessPerMinuteMinor), currency }),
        })}
      </Text>
      {decision.inputs.length > 0 && (
        <Text size="xs" c="dimmed">
          {t("decision.inputs")}{" "}
          {decision.inputs
            .map(({ what, origin, ageSeconds }) => t("decision.input", { what, origin, age: f.age(ageSeconds) }))
            .join("; ")}
        </Text>
      )}
    </article>
  );
}
