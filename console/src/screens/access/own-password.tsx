import { Alert, Button, Group, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { SessionView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";
import classes from "./access.module.css";

/** As the door asks. */
const SHORTEST = 10;

/** A password of one's own choice; one that somebody else has made is asked to be replaced. */
export function OwnPassword({ person }: { readonly person: NonNullable<SessionView["person"]> }) {
  const { t } = useLocale();
  const queries = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => ask("changePassword", { body: { current, next } }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      notifications.show({ color: "teal", title: t("password.changed"), message: t("password.changedElsewhere") });
      void queries.invalidateQueries({ queryKey: ["session"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const short = next.length > 0 && next.length < SHORTEST;

  return (
    <Paper withBorder p="md" component="section" aria-label={t("password.title")}>
      <Title order={2}>{t("password.title")}</Title>
      <Text size="sm" c="dimmed" mb="sm" className={classes.who}>
        {person.name} · {person.email}
      </Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {person.passwordHandedOut && <Alert color="yellow">{t("password.handedOut")}</Alert>}
          <div className={classes.passwords}>
            <PasswordInput
              size="xs"
              label={t("password.current")}
              autoComplete="current-password"
              required
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
            <PasswordInput
              size="xs"
              label={t("password.next")}
              description={t("password.nextHint", { n: SHORTEST })}
              autoComplete="new-password"
              required
              error={short}
              value={next}
              onChange={(event) => setNext(event.currentTarget.value)}
            />
          </div>
          {change.error !== null && <Problem error={change.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending} disabled={current === "" || next.length < SHORTEST}>
              {t("password.change")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
