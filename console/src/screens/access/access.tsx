import { Title } from "@mantine/core";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import classes from "./access.module.css";
import { Keys } from "./keys.tsx";
import { OwnPassword } from "./own-password.tsx";
import { People } from "./people.tsx";

/** Who may come in: oneself, other people, and programs with their keys. */
export function Access() {
  const { t } = useLocale();
  const { session, may } = useSession();
  return (
    <div className={classes.screen}>
      <Title order={1}>{t("nav.access")}</Title>
      {session.person !== null && !session.demo && <OwnPassword person={session.person} />}
      {may("admin") && <People />}
      {may("admin") && <Keys />}
    </div>
  );
}
