import { Badge, Button, Group, Modal, Paper, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconPlus } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import type { Answer, KeyView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useAsk } from "../../app/asking.ts";
import { useNetworkNow } from "../../app/live.tsx";
import type { Permission } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem, tellProblem } from "../../parts/problem.tsx";
import { Permissions } from "./permissions.tsx";
import { Secret } from "../../parts/secret.tsx";
import { useViewerName } from "../../parts/viewer-name.ts";

/** Keys that programs speak with: made here, shown once, revoked here. */
export function Keys() {
  const { t } = useLocale();
  const queries = useQueryClient();
  const { data, error, refetch } = useAsk("listKeys");
  const [making, dialog] = useDisclosure(false);
  const [made, setMade] = useState<Answer<"createKey"> | null>(null);
  const renew = () => void queries.invalidateQueries({ queryKey: ["listKeys"] });
  const revoke = useMutation({
    mutationFn: (id: KeyView["id"]) => ask("revokeKey", { params: { id } }),
    onSettled: renew,
    onError: (error) => tellProblem(error, t),
  });

  return (
    <Paper withBorder p="md" component="section" aria-label={t("keys.title")}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t("keys.title")}</Title>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={dialog.open}>
          {t("keys.new")}
        </Button>
      </Group>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {data?.keys.length === 0 && <Empty title={t("keys.none")} next={t("keys.none.next")} />}
      {data !== undefined && data.keys.length > 0 && (
        <Table.ScrollContainer minWidth={480} type="native">
          <Table fz="0.8125rem">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("keys.name")}</Table.Th>
                <Table.Th scope="col">{t("keys.for")}</Table.Th>
                <Table.Th scope="col">{t("keys.may")}</Table.Th>
                <Table.Th scope="col">{t("keys.since")}</Table.Th>
                <Table.Th scope="col" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.keys.map((key) => (
                <Line
                  key={key.id}
                  one={key}
                  revoke={() => revoke.mutate(key.id)}
                  revoking={revoke.isPending && revoke.variables === key.id}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {making && (
        <NewKey
          close={dialog.close}
          made={(answer) => {
            dialog.close();
            setMade(answer);
            renew();
          }}
        />
      )}
      {made !== null && (
        <Secret
          title={t("keys.made", { name: made.key.name })}
          secret={made.secret}
          keep={t("secret.once")}
          close={() => setMade(null)}
        />
      )}
    </Paper>
  );
}

function Line({
  one,
  revoke,
  revoking,
}: {
  readonly one: KeyView;
  readonly revoke: () => void;
  readonly revoking: boolean;
}) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const nameOf = useViewerName();
  const [sure, setSure] = useState(false);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {one.name}
      </Table.Th>
      <Table.Td>{nameOf(one.participant)}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {one.may.map((permission) => (
            <Badge key={permission} color="gray">
              {permission}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td className="mp-num">{f.when(one.createdAt, now)}</Table.Td>
      <Table.Td ta="end">
        {one.revokedAt !== null ? (
          <Text size="xs" c="dimmed">
            {t("keys.revoked", { time: f.when(one.revokedAt, now) })}
          </Text>
        ) : (
          <Button
            size="compact-xs"
            variant={sure ? "filled" : "subtle"}
            color="red"
            loading={revoking}
            onClick={() => (sure ? revoke() : setSure(true))}
            onBlur={() => setSure(false)}
          >
            {t(sure ? "keys.sure" : "keys.revoke")}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function NewKey({ close, made }: { readonly close: () => void; readonly made: (answer: Answer<"createKey">) => void }) {
  const { t } = useLocale();
  const [name, setName] = useState("");
  const [may, setMay] = useState<Permission[]>(["orders:read", "orders:write"]);
  const create = useMutation({
    mutationFn: () => ask("createKey", { body: { name: name.trim(), may } }),
    onSuccess: made,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Modal opened onClose={close} title={t("keys.new")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("keys.name")}
            placeholder={t("keys.nameHint")}
            required
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Permissions may={may} setMay={setMay} />
          {create.error !== null && <Problem error={create.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={may.length === 0 || name.trim() === ""}>
              {t("keys.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
