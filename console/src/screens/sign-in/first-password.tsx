import { Button, Center, Stack } from "@mantine/core";
import type { SessionView } from "../../../../src/doors/api/contract.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { OwnPassword } from "../access/own-password.tsx";

/** Until a password that somebody else has made is replaced, the network answers nothing else. */
export function FirstPassword(props: {
  readonly person: NonNullable<SessionView["person"]>;
  readonly leave: () => void;
}) {
  const { t } = useLocale();
  return (
    <Center mih="100dvh" p="md" component="main" style={{ background: "var(--mp-canvas)" }}>
      <Stack maw={560} align="flex-end">
        <OwnPassword person={props.person} />
        <Button variant="subtle" size="xs" onClick={props.leave}>
          {t("preferences.leave")}
        </Button>
      </Stack>
    </Center>
  );
}
