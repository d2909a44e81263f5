import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ConnectionView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { tellProblem } from "../../parts/problem.tsx";
import classes from "./connections.module.css";
import { Facts, type Fact } from "./facts.tsx";

interface AccuracyFactsProps extends Pick<ConnectionView, "accuracy" | "asking"> {
  readonly participant: ConnectionView["participant"]["id"];
  readonly done: () => void;
}

/** How true our record of its deliveries is, by asking; and asking for all of them now, which is what replaying lost webhooks is for. */
export function AccuracyFacts({ participant, accuracy, asking, done }: AccuracyFactsProps) {
  const { t, f } = useLocale();
  const { may } = useSession();
  const askAll = useMutation({
    mutationFn: () => ask("reconcile", { params: { participant }, body: {} }),
    onSettled: done,
    onError: (error) => tellProblem(error, t),
  });
  const { fieldsCompared, fieldsEqual, repairs, unrepaired, unanswered, secondsToRepair } = accuracy;
  const facts: readonly Fact[] = [
    [t("sync.equal"), fieldsCompared === 0 ? "–" : f.share(fieldsEqual / fieldsCompared)],
    [t("sync.compared"), f.number(fieldsCompared)],
    [t("sync.unanswered"), f.number(unanswered), unanswered > 0],
    [t("sync.repairs"), f.number(repairs)],
    [t("sync.toRepair"), secondsToRepair === null ? "–" : f.age(secondsToRepair.p50)],
    [t("sync.unrepaired"), f.number(unrepaired), unrepaired > 0],
  ];
  return (
    <section className={classes.notes} aria-label={t("sync.title")}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t("sync.title")}</Text>
        {may("admin") && (
          <Button
            size="compact-xs"
            variant="default"
            loading={askAll.isPending || (asking !== null && asking.endedAt === null)}
            onClick={() => askAll.mutate()}
          >
            {t("sync.ask")}
          </Button>
        )}
      </Group>
      <Facts facts={facts} />
      {asking !== null && <LastAsking asking={asking} />}
    </section>
  );
}

function LastAsking({ asking }: { readonly asking: NonNullable<ConnectionView["asking"]> }) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const { startedAt, endedAt, deliveries, answered, unanswered, repaired, unrepaired } = asking;
  return (
    <Text size="xs" role="status" mt={4}>
      {t("sync.asked", { time: f.when(startedAt, now), n: deliveries })}{" "}
      {t(endedAt === null ? "sync.asking" : "sync.ended", {
        answered: f.number(answered),
        unanswered: f.number(unanswered),
        repaired: f.number(repaired),
        unrepaired: f.number(unrepaired),
      })}
    </Text>
  );
}
