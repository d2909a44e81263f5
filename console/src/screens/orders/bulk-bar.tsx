import { Alert, Button, Group, Modal, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { CancelManyAnswer, OrderView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";
import { shortId } from "../../parts/short-id.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./orders.module.css";

interface BulkBarProps {
  readonly chosen: readonly OrderView["id"][];
  readonly orders: readonly OrderView[];
  readonly clear: () => void;
  readonly done: () => void;
}

/** What can be done with the chosen orders. */
export function BulkBar({ chosen, orders, clear, done }: BulkBarProps) {
  const { t } = useLocale();
  const [cancelling, setCancelling] = useState<readonly OrderView["id"][] | null>(null);
  const names = new Map(orders.map(({ id, reference }) => [id, reference ?? shortId(id)]));
  return (
    <div className={classes.bulk} role="region" aria-label={t("bulk.label")}>
      <strong role="status">{t("bulk.chosen", { n: chosen.length })}</strong>
      <Button color="red" variant="light" onClick={() => setCancelling(chosen)}>
        {t("bulk.cancel")}
      </Button>
      <Button variant="subtle" color="gray" onClick={clear}>
        {t("bulk.clear")}
      </Button>
      {cancelling !== null && (
        <CancelMany
          orders={cancelling}
          nameOf={(id) => names.get(id) ?? shortId(id)}
          close={(any) => {
            setCancelling(null);
            if (any) clear();
          }}
          done={done}
        />
      )}
    </div>
  );
}

interface CancelManyProps {
  readonly orders: readonly OrderView["id"][];
  readonly nameOf: (id: OrderView["id"]) => string;
  readonly close: (anything: boolean) => void;
  readonly done: () => void;
}

/** Asks once, says before that it cannot be undone, and shows afterwards what became of each. */
function CancelMany({ orders, nameOf, close, done }: CancelManyProps) {
  const { t } = useLocale();
  const [reason, setReason] = useState("");
  const cancel = useMutation({
    mutationFn: () =>
      ask("cancelOrders", {
        body: { orders: [...orders], ...(reason.trim() === "" ? {} : { reason: reason.trim() }) },
      }),
    onSettled: done,
  });
  return (
    <Modal
      opened
      onClose={() => close(cancel.data !== undefined)}
      title={t("bulk.cancelTitle", { n: orders.length })}
      size="lg"
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      {cancel.data !== undefined ? (
        <Outcomes answer={cancel.data} nameOf={nameOf} close={() => close(true)} />
      ) : (
        <Stack gap="sm">
          <Text size="sm">{t("bulk.cancelWarning")}</Text>
          <TextInput
            label={t("bulk.reason")}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          {cancel.error !== null && <Problem error={cancel.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => close(false)}>
              {t("bulk.keep")}
            </Button>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t("bulk.cancel")}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Outcomes({
  answer,
  nameOf,
  close,
}: {
  readonly answer: CancelManyAnswer;
  readonly nameOf: CancelManyProps["nameOf"];
  readonly close: () => void;
}) {
  const { t } = useLocale();
  const refused = answer.outcomes.filter(({ problem }) => problem !== null);
  return (
    <Stack gap="sm">
      <Alert color={refused.length === 0 ? "teal" : "yellow"} role="status">
        {t("bulk.outcome", { done: answer.cancelled, refused: refused.length })}
      </Alert>
      <div className={classes.scroll}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("column.reference")}</Table.Th>
              <Table.Th scope="col">{t("bulk.became")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...refused, ...answer.outcomes.filter(({ problem }) => problem === null)].map(
              ({ order, state, problem }) => (
                <Table.Tr key={order}>
                  <Table.Td>{nameOf(order)}</Table.Td>
                  <Table.Td>
                    {problem === null ? (
                      <StateBadge state={state ?? "cancelled"} />
                    ) : (
                      <>
                        <Text size="sm">{problem.detail}</Text>
                        <Text size="xs" c="dimmed">
                          {problem.mend}
                        </Text>
                      </>
                    )}
                  </Table.Td>
                </Table.Tr>
              ),
            )}
          </Table.Tbody>
        </Table>
      </div>
      <Group justify="flex-end">
        <Button onClick={close}>{t("app.close")}</Button>
      </Group>
    </Stack>
  );
}
