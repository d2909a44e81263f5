import { Badge, Code, Group, Paper, Text, Title } from "@mantine/core";
import type { ConnectionView } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { AccuracyFacts } from "./accuracy-facts.tsx";
import { errorShare, standingOf } from "./connection-health.ts";
import classes from "./connections.module.css";
import { Facts, type Fact } from "./facts.tsx";
import { FailedCalls } from "./failed-calls.tsx";
import { failureMeaning } from "./failure-words.ts";
import { FreshnessFacts } from "./freshness-facts.tsx";
import { GuardFacts } from "./guard-facts.tsx";
import { LinkFacts } from "./link-facts.tsx";

const colors = { unused: "gray", well: "teal", shaky: "yellow", down: "red" } as const;

interface ConnectionCardProps {
  readonly connection: ConnectionView;
  readonly change: () => void;
  readonly done: () => void;
}

/** One platform: does it answer, what holds calls back, how old and how true what we know of its deliveries is, what failed last. */
export function ConnectionCard({ connection, change, done }: ConnectionCardProps) {
  const { participant, connector, version, health, guard, freshness, accuracy, asking, link } = connection;
  const { t } = useLocale();
  const { may } = useSession();
  const standing = standingOf(health);
  return (
    <Paper withBorder p="md" component="article" aria-label={participant.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs" wrap="nowrap">
          <CarrierMark carrier={participant.id} size={18} />
          <div>
            <Title order={2}>{participant.name}</Title>
            <Text size="xs" c="dimmed">
              {version === null ? connector : t("health.speaks", { connector, version })}
            </Text>
          </div>
        </Group>
        <Badge color={colors[standing]} className="mp-badge">
          {t(`health.${standing}`)}
        </Badge>
      </Group>
      <Calls health={health} />
      {guard !== null && <GuardFacts guard={guard} />}
      <FreshnessFacts freshness={freshness} />
      <AccuracyFacts participant={participant.id} accuracy={accuracy} asking={asking} done={done} />
      <LastFailure connection={connection} />
      {may("admin") && <FailedCalls participant={participant} />}
      {link !== null && <LinkFacts participant={participant.id} link={link} change={change} done={done} />}
    </Paper>
  );
}

function Calls({ health }: Pick<ConnectionView, "health">) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const share = errorShare(health);
  const facts: readonly Fact[] = [
    [t("health.calls"), f.number(health.calls)],
    [t("health.errorShare"), share === null ? "–" : f.share(share), health.outages > 0],
    [t("health.refusals"), f.number(health.refusals)],
    [t("health.p50"), health.latencyMs === null ? "–" : f.wait(health.latencyMs.p50)],
    [t("health.p99"), health.latencyMs === null ? "–" : f.wait(health.latencyMs.p99)],
    [
      t("health.lastAnswer"),
      health.lastAnswerAt === null ? "–" : f.age((Date.parse(now) - Date.parse(health.lastAnswerAt)) / 1000),
    ],
    [t("health.webhooks"), f.number(health.webhooks)],
    [t("health.webhooksRefused"), f.number(health.webhooksRefused), health.webhooksRefused > 0],
    [t("health.outages"), f.number(health.outages), health.outages > 0],
  ];
  return <Facts facts={facts} />;
}

function LastFailure({ connection: { health } }: Pick<ConnectionCardProps, "connection">) {
  const { t, f, word } = useLocale();
  const now = useNetworkNow();
  const unknown = Object.entries(health.unknown).toSorted(([, a], [, b]) => b - a);
  return (
    <div className={classes.notes}>
      {health.lastFailure === null ? (
        <Text size="sm" c="dimmed">
          {t("health.noFailure")}
        </Text>
      ) : (
        <Text size="sm" title={health.lastFailure.what}>
          {t("health.lastFailure", {
            operation: word("operation", health.lastFailure.operation),
            what: t(failureMeaning(health.lastFailure.what)),
            ago: t("live.ago", { age: f.age((Date.parse(now) - Date.parse(health.lastFailure.at)) / 1000) }),
          })}
        </Text>
      )}
      {unknown.length > 0 && (
        <Text size="sm" mt={4}>
          {t("health.unknown")}{" "}
          {unknown.slice(0, 8).map(([words, count]) => (
            <span key={words}>
              <Code>{words}</Code> ×{f.number(count)}{" "}
            </span>
          ))}
        </Text>
      )}
    </div>
  );
}
