import { Alert, Button, CopyButton, Group, Modal, Stack } from "@mantine/core";
import { useLocale } from "../i18n/locale.tsx";
import classes from "./secret.module.css";

/** A secret that nobody will see again: it cannot be clicked away by accident. */
export function Secret({
  title,
  secret,
  keep,
  close,
}: {
  readonly title: string;
  readonly secret: string;
  /** What to do with it, as it is shown once. */
  readonly keep: string;
  readonly close: () => void;
}) {
  const { t } = useLocale();
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="sm">
        <Alert color="yellow">{keep}</Alert>
        <div className={classes.secret}>{secret}</div>
        <Group justify="flex-end" gap="xs">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                <span role="status">{t(copied ? "app.copied" : "app.copy")}</span>
              </Button>
            )}
          </CopyButton>
          <Button onClick={close} data-autofocus>
            {t("secret.kept")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
