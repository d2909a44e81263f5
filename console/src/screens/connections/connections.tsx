import { Title } from "@mantine/core";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import classes from "./connections.module.css";
import { Endpoints } from "./endpoints.tsx";
import { Health } from "./health.tsx";
import { Labour } from "./labour.tsx";

/** How the outside world fares with this network: platforms asked, webhooks sent. */
export function Connections() {
  const { t } = useLocale();
  const { may } = useSession();
  return (
    <div className={classes.screen}>
      <Title order={1} mb="md">
        {t("nav.connections")}
      </Title>
      <Health />
      <Labour />
      {may("admin") && <Endpoints />}
    </div>
  );
}
