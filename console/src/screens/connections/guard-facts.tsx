import { Badge, Group, Progress, Text } from "@mantine/core";
import type { ConnectionView } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import classes from "./connections.module.css";

type Guard = NonNullable<ConnectionView["guard"]>;

const colors = { closed: "teal", half_open: "yellow", open: "red" } as const;

/** What keeps calls back: the circuit, the platform's own limits, too many at once. */
export function GuardFacts({ guard }: { readonly guard: Guard }) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const { circuit, load, quotas, pausedUntil, turnedAway, quotesShort } = guard;
  return (
    <section className={classes.notes} aria-label={t("guard.title")}>
      <Group gap="xs" justify="space-between">
        <Text size="sm">{t("guard.circuit")}</Text>
        <Badge color={colors[circuit.state]} variant="light" className="mp-badge">
          {t(`guard.${circuit.state}`)}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed">
        {t("guard.trips", { n: circuit.trips })}
        {circuit.until !== null && ` ${t("guard.until", { time: f.when(circuit.until, now) })}`}
      </Text>
      {quotas.length === 0 && (
        <Text size="xs" c="dimmed">
          {t("guard.noQuota")}
        </Text>
      )}
      {quotas.map((quota) => (
        <Quota key={quota.name} quota={quota} />
      ))}
      {pausedUntil !== null && (
        <Text size="sm" className={classes.bad}>
          {t("guard.paused", { time: f.clock(pausedUntil) })}
        </Text>
      )}
      {quotesShort && <Text size="sm">{t("guard.short")}</Text>}
      {turnedAway + load.turnedAway > 0 && (
        <Text size="sm">{t("guard.turnedAway", { n: turnedAway + load.turnedAway })}</Text>
      )}
    </section>
  );
}

function Quota({ quota: { name, calls, perSeconds, left } }: { readonly quota: Guard["quotas"][number] }) {
  const { t, f } = useLocale();
  const said = t("guard.quota", { left: f.number(left), calls: f.number(calls), span: f.age(perSeconds) });
  return (
    <div className={classes.quota}>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {name}
        </Text>
        <Text size="xs" className="mp-num">
          {said}
        </Text>
      </Group>
      <Progress
        size="sm"
        value={(100 * left) / calls}
        color={left === 0 ? "red" : left < calls / 3 ? "yellow" : "teal"}
        aria-label={`${name}: ${said}`}
      />
    </div>
  );
}
