import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";

/** Erases who it was about, everywhere and for ever; what happened stays. */
export function ForgetOrder({ order, close }: { readonly order: OrderView; readonly close: () => void }) {
  const { t } = useLocale();
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: () => ask("forgetOrder", { params: { id: order.id }, body: {} }),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ["getOrderDetail"] }),
  });
  return (
    <Modal opened onClose={close} title={t("forget.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Stack gap="sm">
        <Text size="sm">{t("forget.warning")}</Text>
        {forget.error !== null && <Problem error={forget.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} data-autofocus>
            {t("bulk.keep")}
          </Button>
          <Button color="red" loading={forget.isPending} onClick={() => forget.mutate()}>
            {t("forget.do")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
