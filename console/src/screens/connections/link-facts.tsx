import { Button, Code, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ConnectionView, LinkView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { tellProblem } from "../../parts/problem.tsx";
import classes from "./connections.module.css";

interface LinkFactsProps {
  readonly participant: ConnectionView["participant"]["id"];
  readonly link: LinkView;
  readonly change: () => void;
  readonly done: () => void;
}

/** How a platform is linked, and what can be done about it. */
export function LinkFacts({ participant, link, change, done }: LinkFactsProps) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const [sure, setSure] = useState(false);
  const test = useMutation({
    mutationFn: () => ask("testLink", { params: { participant }, body: {} }),
    onError: (error) => tellProblem(error, t),
  });
  const remove = useMutation({
    mutationFn: () => ask("unlinkPlatform", { params: { participant } }),
    onSettled: done,
    onError: (error) => tellProblem(error, t),
  });
  return (
    <div className={classes.notes}>
      <Text size="sm">{t("link.changed", { time: f.when(link.changedAt, now), who: link.changedBy })}</Text>
      <Text size="xs" c="dimmed">
        {t("link.noEnd")}
      </Text>
      <Text size="sm">
        {t("link.hook")} <Code className={classes.address}>{link.hookUrl}</Code>
      </Text>
      {test.data !== undefined && (
        <Text size="sm" role="status" style={{ color: test.data.works ? "var(--mp-good)" : "var(--mp-bad)" }}>
          {test.data.works
            ? t("link.works", { latency: f.wait(test.data.latencyMs) })
            : t("link.fails", { why: test.data.why ?? "" })}
        </Text>
      )}
      <Group gap={6} mt={6}>
        <Button size="compact-xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t("link.test")}
        </Button>
        <Button size="compact-xs" variant="default" onClick={change}>
          {t("link.change")}
        </Button>
        <Button
          size="compact-xs"
          variant={sure ? "filled" : "subtle"}
          color="red"
          loading={remove.isPending}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? remove.mutate() : setSure(true))}
        >
          {sure ? t("people.sure", { what: t("link.remove") }) : t("link.remove")}
        </Button>
      </Group>
    </div>
  );
}
