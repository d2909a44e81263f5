import { Alert, Button, Group, Modal, Stack, Text, TextInput, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { ask, Refused } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { instantAt, wallClock } from "../../parts/local-time.ts";
import { Problem } from "../../parts/problem.tsx";
import { windowWords } from "../../parts/window-words.ts";
import { editOf, type Edit } from "./order-edit.ts";

/** What may still be changed. Made against the version that was read: a newer one is shown, not overwritten. */
export function EditOrder({ order, close }: { readonly order: OrderView; readonly close: () => void }) {
  const { t, f } = useLocale();
  const { city } = useSession();
  const queries = useQueryClient();
  const local = (iso: string | null) => (iso === null ? "" : wallClock(iso, city.zone));
  const [first] = useState(order.version);
  const [read, setRead] = useState(order);
  const [edit, setEdit] = useState<Edit>(() => ({
    readyAt: local(order.readyAt),
    earliest: local(order.dropoffWindow.earliest),
    latest: local(order.dropoffWindow.latest),
    phone: order.dropoff.contact?.phone ?? "",
    notes: order.dropoff.contact?.notes ?? "",
  }));
  const [before] = useState(edit);
  const change = (part: Partial<Edit>) => setEdit((old) => ({ ...old, ...part }));
  const patch = editOf(before, edit, (wall) => instantAt(wall, city.zone));

  const save = useMutation({
    mutationFn: () => ask("changeOrder", { params: { id: order.id }, body: patch, ifMatch: read.version }),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ["getOrderDetail"] }),
  });
  const stale = save.error instanceof Refused && save.error.problem.code === "STALE_EDIT";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };

  return (
    <Modal opened onClose={close} title={t("edit.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t("edit.until")}
          </Text>
          <TextInput
            type="datetime-local"
            label={t("edit.readyAt", { zone: f.zone })}
            value={edit.readyAt}
            onChange={(event) => change({ readyAt: event.currentTarget.value })}
          />
          <Group grow>
            <TextInput
              type="datetime-local"
              label={t("new.earliest")}
              value={edit.earliest}
              onChange={(event) => change({ earliest: event.currentTarget.value })}
            />
            <TextInput
              type="datetime-local"
              label={t("new.latest")}
              value={edit.latest}
              onChange={(event) => change({ latest: event.currentTarget.value })}
            />
          </Group>
          <TextInput
            label={t("edit.phone")}
            type="tel"
            maxLength={40}
            value={edit.phone}
            onChange={(event) => change({ phone: event.currentTarget.value })}
          />
          <Textarea
            label={t("edit.notes")}
            autosize
            minRows={2}
            maxLength={1000}
            value={edit.notes}
            onChange={(event) => change({ notes: event.currentTarget.value })}
          />
          {stale ? (
            <Alert color="yellow" title={t("edit.stale")} role="alert">
              <Text size="sm" mb="xs">
                {t("edit.staleNext")}
              </Text>
              <Button
                variant="default"
                onClick={() =>
                  void ask("getOrder", { params: { id: order.id } }).then((newest) => {
                    setRead(newest);
                    save.reset();
                  })
                }
              >
                {t("edit.readAgain")}
              </Button>
            </Alert>
          ) : (
            save.error !== null && <Problem error={save.error} />
          )}
          {read.version !== first && <Newer read={read} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={Object.keys(patch).length === 0}>
              {t("edit.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What stands there now, beside what one was about to write. */
function Newer({ read }: { readonly read: OrderView }) {
  const { t, f } = useLocale();
  return (
    <Alert color="gray" title={t("edit.now", { version: read.version })} role="status">
      <Text size="sm">
        {t("edit.nowFacts", {
          ready: f.dateTime(read.readyAt),
          span: windowWords(read.dropoffWindow, read.readyAt, { t, f }) ?? "–",
          phone: read.dropoff.contact?.phone ?? "–",
          notes: read.dropoff.contact?.notes ?? "–",
        })}
      </Text>
    </Alert>
  );
}
