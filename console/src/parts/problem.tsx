import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import { Refused } from "../app/api.ts";
import { useLocale, type Text as Words } from "../i18n/locale.tsx";

/** What happened, and how to mend it: a refusal in the server's words, an outage in ours. */
export function wordsOf(
  error: Error,
  t: Words,
): { readonly happened: string; readonly mend: string; readonly code: string | null } {
  if (error instanceof Refused)
    return { happened: error.problem.detail, mend: error.problem.mend, code: error.problem.code };
  return { happened: t("problem.outage"), mend: t("problem.outageMend"), code: null };
}

interface ProblemProps {
  readonly error: Error;
  readonly again?: () => void;
}

/** An error where its answer would have stood. */
export function Problem({ error, again }: ProblemProps) {
  const { t } = useLocale();
  const { happened, mend, code } = wordsOf(error, t);
  const Icon = code === null ? IconPlugConnectedX : IconAlertTriangle;
  return (
    <Alert
      color={code === null ? "yellow" : "red"}
      icon={<Icon aria-hidden />}
      role="alert"
      title={happened}
      variant="light"
    >
      <Text size="sm">{mend}</Text>
      <Group mt="xs" gap="sm">
        {again && (
          <Button variant="default" onClick={again}>
            {t("app.again")}
          </Button>
        )}
        {code !== null && <Code>{code}</Code>}
      </Group>
    </Alert>
  );
}

/** An error of something done elsewhere on the page. */
export function tellProblem(error: Error, t: Words): void {
  const { happened, mend } = wordsOf(error, t);
  notifications.show({ color: "red", title: happened, message: mend, autoClose: 8000, role: "alert" });
}
