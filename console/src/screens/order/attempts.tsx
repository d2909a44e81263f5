import { Badge, Group, Stack, Text } from "@mantine/core";
import type { OrderDetail } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import classes from "./order.module.css";

/** Each try at a pickup or a drop-off, with the proof that was taken. */
export function Attempts({ detail }: { readonly detail: OrderDetail }) {
  const { t, f, word } = useLocale();
  const now = useNetworkNow();
  return (
    <Stack gap="sm">
      {detail.attempts.map((attempt) => (
        <div key={attempt.id}>
          <Group gap="xs">
            <Text size="sm" fw={560}>
              {t(`stop.${attempt.kind}`)}
            </Text>
            <Badge color={attempt.succeeded ? "teal" : "red"}>
              {t(attempt.succeeded ? "attempt.succeeded" : "attempt.failed")}
            </Badge>
            <Text size="xs" c="dimmed" className="mp-num">
              {f.when(attempt.at, now)}
            </Text>
          </Group>
          {attempt.reason !== null && <Text size="sm">{word("reason", attempt.reason)}</Text>}
          {attempt.proof !== null && <Proof proof={attempt.proof} />}
          {attempt.proof === null && attempt.proofKind !== null && (
            <Text size="sm">{word("proof", attempt.proofKind)}</Text>
          )}
        </div>
      ))}
    </Stack>
  );
}

/** A picture is shown, everything else is read. Only pictures that came with the answer: nothing is fetched from elsewhere. */
function Proof({ proof }: { readonly proof: NonNullable<OrderDetail["attempts"][number]["proof"]> }) {
  const { t, word } = useLocale();
  const kind = word("proof", proof.kind);
  return /^data:image\/(png|jpeg|webp|svg\+xml)[;,]/.test(proof.value) ? (
    <img className={classes.proof} src={proof.value} alt={t("attempt.proofOf", { kind })} />
  ) : (
    <Text size="sm" style={{ overflowWrap: "anywhere" }}>
      {t("attempt.proof", { kind, value: proof.value })}
    </Text>
  );
}
