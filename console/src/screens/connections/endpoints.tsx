import { Badge, Button, Group, Modal, NumberInput, Paper, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { EndpointView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useAsk } from "../../app/asking.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem, tellProblem } from "../../parts/problem.tsx";
import { Secret } from "../../parts/secret.tsx";

/** Where this participant's events are sent, whether they arrive, and sending them again. */
export function Endpoints() {
  const { t } = useLocale();
  const { viewer } = useSession();
  const queries = useQueryClient();
  const { data, error, refetch } = useAsk("listEndpoints", {}, { every: 5000 });
  const [secret, setSecret] = useState<string | null>(null);
  const [opened, setOpened] = useState<EndpointView["id"] | null>(null);
  const renew = () => void queries.invalidateQueries({ queryKey: ["listEndpoints"] });
  const remove = useMutation({
    mutationFn: (id: EndpointView["id"]) => ask("removeEndpoint", { params: { id } }),
    onSettled: renew,
    onError: (error) => tellProblem(error, t),
  });
  const chosen = data?.endpoints.find(({ id }) => id === opened);

  return (
    <Paper withBorder p="md" component="section" aria-label={t("endpoints.title")}>
      <Title order={2} mb="xs">
        {t("endpoints.title")}
      </Title>
      {viewer?.id === "network" ? (
        <Text size="sm" c="dimmed">
          {t("endpoints.asParticipant")}
        </Text>
      ) : (
        <NewEndpoint
          made={(made) => {
            setSecret(made);
            renew();
          }}
        />
      )}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {data?.endpoints.length === 0 && viewer?.id !== "network" && (
        <Empty title={t("endpoints.none")} next={t("endpoints.none.next")} />
      )}
      {data !== undefined && data.endpoints.length > 0 && (
        <Table.ScrollContainer minWidth={560} type="native">
          <Table fz="0.8125rem">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("endpoints.url")}</Table.Th>
                <Table.Th scope="col">{t("column.state")}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {t("endpoints.position")}
                </Table.Th>
                <Table.Th scope="col" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.endpoints.map((endpoint) => (
                <Line
                  key={endpoint.id}
                  endpoint={endpoint}
                  open={() => setOpened(endpoint.id)}
                  remove={() => remove.mutate(endpoint.id)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {chosen !== undefined && <Tries endpoint={chosen} close={() => setOpened(null)} done={renew} />}
      {secret !== null && (
        <Secret title={t("endpoints.made")} secret={secret} keep={t("secret.once")} close={() => setSecret(null)} />
      )}
    </Paper>
  );
}

function NewEndpoint({ made }: { readonly made: (secret: string) => void }) {
  const { t } = useLocale();
  const [url, setUrl] = useState("");
  const create = useMutation({
    mutationFn: () => ask("createEndpoint", { body: { url: url.trim() } }),
    onSuccess: ({ secret }) => {
      setUrl("");
      made(secret);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end" mb="sm">
        <TextInput
          label={t("endpoints.url")}
          type="url"
          required
          placeholder="https://…"
          pattern="https?://.+"
          flex={1}
          maw={460}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={create.isPending}>
          {t("endpoints.add")}
        </Button>
      </Group>
      {create.error !== null && <Problem error={create.error} />}
    </form>
  );
}

function Line({
  endpoint,
  open,
  remove,
}: {
  readonly endpoint: EndpointView;
  readonly open: () => void;
  readonly remove: () => void;
}) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const [sure, setSure] = useState(false);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} style={{ overflowWrap: "anywhere" }}>
        {endpoint.url}
      </Table.Th>
      <Table.Td>
        {!endpoint.active ? (
          <Badge color="gray">{t("endpoints.stopped")}</Badge>
        ) : endpoint.failures === 0 ? (
          <Badge color="teal">{t("endpoints.well")}</Badge>
        ) : (
          <Badge color="yellow">
            {t("endpoints.failing", {
              n: endpoint.failures,
              time: endpoint.retryAt === null ? "–" : f.when(endpoint.retryAt, now),
            })}
          </Badge>
        )}
      </Table.Td>
      <Table.Td ta="end" className="mp-num">
        {f.number(endpoint.position)}
      </Table.Td>
      <Table.Td ta="end">
        <Button size="compact-xs" variant="subtle" onClick={open}>
          {t("endpoints.tries")}
        </Button>
        <Button
          size="compact-xs"
          variant={sure ? "filled" : "subtle"}
          color="red"
          onClick={() => (sure ? remove() : setSure(true))}
          onBlur={() => setSure(false)}
        >
          {t(sure ? "endpoints.sure" : "endpoints.remove")}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function Tries({
  endpoint,
  close,
  done,
}: {
  readonly endpoint: EndpointView;
  readonly close: () => void;
  readonly done: () => void;
}) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const { data, error } = useAsk(
    "endpointTries",
    { params: { id: endpoint.id }, query: { limit: 50 } },
    { every: 5000 },
  );
  const [position, setPosition] = useState(Math.max(0, endpoint.position - 1));
  const replay = useMutation({
    mutationFn: () => ask("replayEndpoint", { params: { id: endpoint.id }, body: { position } }),
    onSuccess: () =>
      notifications.show({
        color: "teal",
        title: t("endpoints.replaying"),
        message: t("endpoints.replayingFrom", { n: position }),
      }),
    onSettled: done,
  });
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t("endpoints.triesOf", { url: endpoint.url })}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <Stack gap="sm">
        <Group gap="xs" align="flex-end">
          <NumberInput
            label={t("endpoints.replayAfter")}
            min={0}
            allowDecimal={false}
            value={position}
            onChange={(value) => setPosition(Number(value) || 0)}
          />
          <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
            {t("endpoints.replay")}
          </Button>
        </Group>
        {replay.error !== null && <Problem error={replay.error} />}
        {error !== null && <Problem error={error} />}
        {data?.tries.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("endpoints.noTries")}
          </Text>
        )}
        {data !== undefined && data.tries.length > 0 && (
          <Table fz="0.8125rem">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("endpoints.at")}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {t("endpoints.position")}
                </Table.Th>
                <Table.Th scope="col">{t("endpoints.answer")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.tries.map((one, i) => (
                <Table.Tr key={`${one.event} ${one.at} ${i}`}>
                  <Table.Td className="mp-num">{f.when(one.at, now)}</Table.Td>
                  <Table.Td ta="end" className="mp-num">
                    {f.number(one.position)}
                  </Table.Td>
                  <Table.Td>
                    <Badge color={one.status !== null && one.status < 300 ? "teal" : "red"}>
                      {one.status ?? t("endpoints.noAnswer")}
                    </Badge>{" "}
                    {one.error}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Modal>
  );
}
