import { Select } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useLocale } from "../i18n/locale.tsx";
import { useSession } from "./session.tsx";
import classes from "./shell.module.css";

/** On whose behalf one looks and acts; nothing to choose, nothing shown. */
export function ViewerSelect() {
  const { t } = useLocale();
  const { session, viewer, setViewer } = useSession();
  if (session.views.length < 2) return null;
  return (
    <Select
      aria-label={t("viewer.label")}
      className={classes.viewer}
      leftSection={<IconEye size={14} aria-hidden />}
      allowDeselect={false}
      data={session.views.map(({ id, name }) => ({ value: id, label: id === "network" ? t("viewer.network") : name }))}
      value={viewer?.id ?? session.viewer?.id ?? null}
      onChange={(id) => {
        const view = session.views.find((view) => view.id === id);
        if (view !== undefined) setViewer(view.id);
      }}
    />
  );
}
