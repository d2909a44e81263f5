import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";

/** A cancellation is asked for: until pickup it is granted, after it is not. */
export function CancelOrder({ order, close }: { readonly order: OrderView; readonly close: () => void }) {
  const { t } = useLocale();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const cancel = useMutation({
    mutationFn: () =>
      ask("cancelOrder", { params: { id: order.id }, body: reason.trim() === "" ? {} : { reason: reason.trim() } }),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ["getOrderDetail"] }),
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t("bulk.cancelTitle", { n: 1 })}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
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
          <Button variant="default" onClick={close}>
            {t("bulk.keep")}
          </Button>
          <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("order.cancel")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
