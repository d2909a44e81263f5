import { Badge, Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ConnectionView, FailedCallView } from "../../../../src/doors/api/contract.ts";
import { useAsk } from "../../app/asking.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";
import classes from "./connections.module.css";

const colors = { outage: "red", refusal: "yellow", webhook: "grape" } as const;

/** The last calls that failed, as they stood on the wire; what may tell of a person or a secret was never kept. */
export function FailedCalls({ participant }: Pick<ConnectionView, "participant">) {
  const { t } = useLocale();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="default" mt={6} onClick={() => setOpened(true)}>
        {t("failed.show")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="lg"
        title={t("failed.title", { name: participant.name })}
        closeButtonProps={{ "aria-label": t("app.close") }}
      >
        {opened && <List participant={participant.id} />}
      </Modal>
    </>
  );
}

function List({ participant }: { readonly participant: ConnectionView["participant"]["id"] }) {
  const { t } = useLocale();
  const { data, error, refetch } = useAsk("connectionFailures", { params: { participant } });
  if (error !== null) return <Problem error={error} again={() => void refetch()} />;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t("failed.masked")}
      </Text>
      {data?.failures.length === 0 && <Text size="sm">{t("failed.none")}</Text>}
      {data?.failures.map((call, nth) => (
        <Call key={`${call.at} ${nth}`} call={call} />
      ))}
    </Stack>
  );
}

function Call({ call }: { readonly call: FailedCallView }) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const { at, kind, method, url, status, why, tookMs, request, answer } = call;
  return (
    <details className={classes.call}>
      <summary>
        <Badge color={colors[kind]} variant="light" className="mp-badge">
          {t(`failed.${kind}`)}
        </Badge>{" "}
        <span className="mp-num">{f.when(at, now)}</span>{" "}
        <Code className={classes.address} dir="ltr">
          {method} {url}
        </Code>
      </summary>
      <Group gap="sm" mt={6}>
        <Text size="xs">{status === null ? t("failed.noAnswer") : t("failed.status", { status })}</Text>
        {tookMs !== null && <Text size="xs">{t("failed.took", { time: f.wait(tookMs) })}</Text>}
        {why !== String(status) && (
          <Text size="xs" c="dimmed" dir="ltr">
            {why}
          </Text>
        )}
      </Group>
      <Message title={t(kind === "webhook" ? "failed.came" : "failed.request")} message={request} />
      {answer !== null && <Message title={t("failed.answer")} message={answer} />}
    </details>
  );
}

function Message({
  title,
  message: { headers, body },
}: {
  readonly title: string;
  readonly message: FailedCallView["request"];
}) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = [...lines, ...(body === null ? [] : ["", body])].join("\n").trim();
  return (
    <>
      <Text size="xs" c="dimmed" mt={6}>
        {title}
      </Text>
      {/* Scrolls by itself, so it is reached by keyboard. */}
      <Code block dir="ltr" className={classes.wire} tabIndex={0} role="region" aria-label={title}>
        {text === "" ? "–" : text}
      </Code>
    </>
  );
}
