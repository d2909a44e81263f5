import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";

export function NotFound() {
  const { t } = useLocale();
  return (
    <Empty title={t("notFound.title")} next={t("notFound.next")}>
      <Button mt="sm" renderRoot={(props) => <Link to="/" {...props} />}>
        {t("nav.live")}
      </Button>
    </Empty>
  );
}
