import { Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ask } from "../../app/api.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";

interface SignInProps {
  readonly entered: () => void;
  /** Somebody was signed in here before: the session ended, or was ended. */
  readonly expired: boolean;
}

/** By e-mail and password; the first administrator's stands in the server's output. */
export function SignIn({ entered, expired }: SignInProps) {
  const { t } = useLocale();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({ mutationFn: () => ask("signIn", { body: { email, password } }), onSuccess: entered });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };

  return (
    <Center mih="100dvh" p="md" component="main" style={{ background: "var(--mp-canvas)" }}>
      <Paper withBorder radius="lg" p="xl" w={380} maw="100%">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <img src="/mark.svg" alt="" width="36" height="36" />
            <div>
              <Title order={1}>{t("signIn.title")}</Title>
              <Text size="sm" c="dimmed">
                {t(expired ? "signIn.expired" : "signIn.first")}
              </Text>
            </div>
            <TextInput
              size="sm"
              label={t("signIn.email")}
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              size="sm"
              label={t("signIn.password")}
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {enter.error !== null && <Problem error={enter.error} />}
            <Button type="submit" size="sm" loading={enter.isPending}>
              {t("signIn.enter")}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
