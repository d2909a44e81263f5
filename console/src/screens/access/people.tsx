import { Badge, Button, Group, Paper, Skeleton, Table, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Answer } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useAsk } from "../../app/asking.ts";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem, tellProblem } from "../../parts/problem.tsx";
import { Secret } from "../../parts/secret.tsx";
import { useViewerName } from "../../parts/viewer-name.ts";
import classes from "./access.module.css";
import { NewPerson } from "./new-person.tsx";

type Person = Answer<"listPeople">["people"][number];
type Deed = "resetPassword" | "keepPersonOut" | "letPersonIn";

/** People who may sign in: let in, given a new password, kept out. */
export function People() {
  const { t } = useLocale();
  const queries = useQueryClient();
  const { data, error, refetch } = useAsk("listPeople");
  const [adding, dialog] = useDisclosure(false);
  const [made, setMade] = useState<{ readonly name: string; readonly password: string } | null>(null);
  const renew = () => void queries.invalidateQueries({ queryKey: ["listPeople"] });
  const act = useMutation({
    mutationFn: async ({ person, deed }: { readonly person: Person; readonly deed: Deed }) => {
      const asked = { params: { id: person.id }, body: {} };
      if (deed !== "resetPassword") return void (await ask(deed, asked));
      const { password } = await ask(deed, asked);
      setMade({ name: person.name, password });
    },
    onSettled: renew,
    onError: (error) => tellProblem(error, t),
  });

  return (
    <Paper withBorder p="md" component="section" aria-label={t("people.title")}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t("people.title")}</Title>
        <Button variant="default" leftSection={<IconUserPlus size={14} aria-hidden />} onClick={dialog.open}>
          {t("people.add")}
        </Button>
      </Group>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={80} role="status" aria-label={t("app.loading")} />}
      {data?.people.length === 0 && <Empty title={t("people.none")} next={t("people.none.next")} />}
      {data !== undefined && data.people.length > 0 && (
        <Table.ScrollContainer minWidth={540} type="native">
          <Table fz="0.8125rem">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("people.person")}</Table.Th>
                <Table.Th scope="col">{t("people.for")}</Table.Th>
                <Table.Th scope="col">{t("column.actions")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.people.map((person) => (
                <Line
                  key={person.id}
                  person={person}
                  busy={act.isPending && act.variables.person.id === person.id}
                  act={(deed) => act.mutate({ person, deed })}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {adding && (
        <NewPerson
          close={dialog.close}
          added={({ person, password }) => {
            dialog.close();
            renew();
            if (password !== null) setMade({ name: person.name, password });
          }}
        />
      )}
      {made !== null && (
        <Secret
          title={t("people.password", { name: made.name })}
          secret={made.password}
          keep={t("people.passwordOnce", { name: made.name })}
          close={() => setMade(null)}
        />
      )}
    </Paper>
  );
}

interface LineProps {
  readonly person: Person;
  readonly busy: boolean;
  readonly act: (deed: Deed) => void;
}

function Line({ person, busy, act }: LineProps) {
  const { t } = useLocale();
  const { session } = useSession();
  const oneself = session.person?.id === person.id;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} className={classes.who}>
        {person.name} {!person.active && <Badge color="red">{t("people.keptOut")}</Badge>}
        {person.passwordHandedOut && person.active && <Badge color="yellow">{t("people.handedOut")}</Badge>}
        <Text size="xs" c="dimmed">
          {person.email}
        </Text>
      </Table.Th>
      <Table.Td>
        {person.memberships.map((membership) => (
          <Membership key={membership.participant} {...membership} />
        ))}
      </Table.Td>
      <Table.Td>
        {oneself ? (
          <Text size="xs" c="dimmed">
            {t("people.you")}
          </Text>
        ) : (
          <Group gap={6}>
            <Sure label={t("people.reset")} loading={busy} act={() => act("resetPassword")} />
            {person.active ? (
              <Sure red label={t("people.keepOut")} loading={busy} act={() => act("keepPersonOut")} />
            ) : (
              <Button size="compact-xs" variant="subtle" loading={busy} onClick={() => act("letPersonIn")}>
                {t("people.letIn")}
              </Button>
            )}
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Membership({ participant, may }: Person["memberships"][number]) {
  const { word } = useLocale();
  const nameOf = useViewerName();
  return (
    <div title={may.map((one) => word("permission", one)).join(", ")}>
      {nameOf(participant)}{" "}
      <Text span size="xs" c="dimmed">
        {may.join(", ")}
      </Text>
    </div>
  );
}

/** What hurts is pressed twice. */
function Sure({
  label,
  loading,
  act,
  red = false,
}: {
  readonly label: string;
  readonly loading: boolean;
  readonly act: () => void;
  readonly red?: boolean;
}) {
  const { t } = useLocale();
  const [sure, setSure] = useState(false);
  return (
    <Button
      size="compact-xs"
      variant={sure ? "filled" : "subtle"}
      color={red ? "red" : "harbor"}
      loading={loading}
      onBlur={() => setSure(false)}
      onClick={() => {
        if (sure) act();
        setSure(!sure);
      }}
    >
      {sure ? t("people.sure", { what: label }) : label}
    </Button>
  );
}
