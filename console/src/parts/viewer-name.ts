import { useSession } from "../app/session.tsx";
import { useLocale } from "../i18n/locale.tsx";

/** Names those on whose behalf somebody may act: the whole network, or a participant; its id where the session does not know it. */
export function useViewerName(): (id: string) => string {
  const { t } = useLocale();
  const { session } = useSession();
  return (id) => (id === "network" ? t("viewer.network") : (session.views.find((view) => view.id === id)?.name ?? id));
}
