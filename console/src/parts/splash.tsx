import { Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { Refused } from "../app/api.ts";
import { useLocale } from "../i18n/locale.tsx";

/** While nothing is known yet. */
export function Splash({ label }: { readonly label: string }) {
  return (
    <Center mih="100dvh" role="status">
      <Stack align="center" gap="sm">
        <Loader size="sm" />
        <Text c="dimmed">{label}</Text>
      </Stack>
    </Center>
  );
}

/** When the network cannot even say who is there. */
export function SplashProblem({ error, again }: { readonly error: Error; readonly again: () => void }) {
  const { t } = useLocale();
  return (
    <Center mih="100dvh" p="md" role="alert">
      <Stack maw={420} gap="sm">
        <Title order={1}>{t("app.unreachable")}</Title>
        <Text>{error instanceof Refused ? error.problem.detail : t("app.unreachableWhy")}</Text>
        <Text c="dimmed">{error instanceof Refused ? error.problem.mend : t("app.unreachableMend")}</Text>
        <Button onClick={again} w="fit-content">
          {t("app.again")}
        </Button>
      </Stack>
    </Center>
  );
}
