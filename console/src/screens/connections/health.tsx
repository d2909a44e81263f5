import { Badge, Button, Code, Group, Paper, Skeleton, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import type { ConnectionView } from "../../../../src/doors/api/contract.ts";
import { useAsk } from "../../app/asking.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { standingOf } from "./connection-health.ts";
import { failureMeaning } from "./failure-words.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { LinkFacts } from "./link-facts.tsx";
import classes from "./connections.module.css";

const colors = { unused: "gray", well: "teal", shaky: "yellow", down: "red" } as const;

/** A card for each connector: is it there, how fast, what went wrong last, which words we did not understand. */
export function Health() {
  const { t } = useLocale();
  const { may } = useSession();
  const queries = useQueryClient();
  const { data, error, refetch } = useAsk("listConnections", {}, { every: 4000 });
  const [linking, setLinking] = useState<{ readonly connection: ConnectionView | null } | null>(null);
  if (error !== null && data === undefined) return <Problem error={error} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={190} role="status" aria-label={t("app.loading")} />;
  const renew = () => {
    void queries.invalidateQueries({ queryKey: ["listConnections"] });
    void queries.invalidateQueries({ queryKey: ["listParticipants"] });
  };
  return (
    <section className={classes.platforms} aria-label={t("health.title")}>
      {may("admin") && data.platforms.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={14} aria-hidden />}
          onClick={() => setLinking({ connection: null })}
        >
          {t("link.add")}
        </Button>
      )}
      {data.connections.length === 0 && (
        <Paper withBorder>
          <Empty title={t("health.none")} next={t("health.none.next")} />
        </Paper>
      )}
      <div className={classes.cards}>
        {data.connections.map((connection) => (
          <Card
            key={connection.participant.id}
            connection={connection}
            change={() => setLinking({ connection })}
            done={renew}
          />
        ))}
      </div>
      {linking !== null && (
        <LinkDialog
          platforms={data.platforms}
          connection={linking.connection}
          close={() => setLinking(null)}
          done={renew}
        />
      )}
    </section>
  );
}

interface CardProps {
  readonly connection: ConnectionView;
  readonly change: () => void;
  readonly done: () => void;
}

function Card({ connection: { participant, connector, health, link }, change, done }: CardProps) {
  const { t, f, word } = useLocale();
  const now = useNetworkNow();
  const standing = standingOf(health);
  const ago = (iso: string) => t("live.ago", { age: f.age((Date.parse(now) - Date.parse(iso)) / 1000) });
  const unknown = Object.entries(health.unknown).toSorted(([, a], [, b]) => b - a);
  const facts: readonly [label: string, value: string, bad?: boolean][] = [
    [t("health.calls"), f.number(health.calls)],
    [t("health.refusals"), f.number(health.refusals)],
    [t("health.outages"), f.number(health.outages), health.outages > 0],
    [t("health.p50"), health.latencyMs === null ? "–" : f.wait(health.latencyMs.p50)],
    [t("health.p99"), health.latencyMs === null ? "–" : f.wait(health.latencyMs.p99)],
    [
      t("health.lastAnswer"),
      health.lastAnswerAt === null ? "–" : f.age((Date.parse(now) - Date.parse(health.lastAnswerAt)) / 1000),
    ],
    [t("health.webhooks"), f.number(health.webhooks)],
    [t("health.webhooksRefused"), f.number(health.webhooksRefused), health.webhooksRefused > 0],
  ];
  return (
    <Paper withBorder p="md" component="article" aria-label={participant.name}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <CarrierMark carrier={participant.id} size={18} />
          <div>
            <Title order={2}>{participant.name}</Title>
            <Text size="xs" c="dimmed">
              {connector}
            </Text>
          </div>
        </Group>
        <Badge color={colors[standing]}>{t(`health.${standing}`)}</Badge>
      </Group>
      <dl className={classes.facts}>
        {facts.map(([label, value, bad = false]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-bad={bad}>{value}</dd>
          </div>
        ))}
      </dl>
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
              ago: ago(health.lastFailure.at),
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
      {link !== null && <LinkFacts participant={participant.id} link={link} change={change} done={done} />}
    </Paper>
  );
}
