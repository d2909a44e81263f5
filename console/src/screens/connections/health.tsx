import { Button, Paper, Skeleton } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import type { ConnectionView } from "../../../../src/doors/api/contract.ts";
import { useAsk } from "../../app/asking.ts";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import classes from "./connections.module.css";

/** A card for each connector: is it there, how fast, what went wrong last, which words we did not understand. */
export function Health() {
  const { t } = useLocale();
  const { may } = useSession();
  const queries = useQueryClient();
  const { data, error, refetch } = useAsk("listConnections", {}, { every: 4000 });
  const [linking, setLinking] = useState<{ readonly connection: ConnectionView | null } | null>(null);
  if (error !== null && data === undefined) return <Problem error={error} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={190} role="status" aria-label={t("app.loading")} />;
  const renew = () => {
    void queries.invalidateQueries({ queryKey: ["listConnections"] });
    void queries.invalidateQueries({ queryKey: ["listParticipants"] });
  };
  return (
    <section className={classes.platforms} aria-label={t("health.title")}>
      {may("admin") && data.platforms.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={14} aria-hidden />}
          onClick={() => setLinking({ connection: null })}
        >
          {t("link.add")}
        </Button>
      )}
      {data.connections.length === 0 && (
        <Paper withBorder>
          <Empty title={t("health.none")} next={t("health.none.next")} />
        </Paper>
      )}
      <div className={classes.cards}>
        {data.connections.map((connection) => (
          <ConnectionCard
            key={connection.participant.id}
            connection={connection}
            change={() => setLinking({ connection })}
            done={renew}
          />
        ))}
      </div>
      {linking !== null && (
        <LinkDialog
          platforms={data.platforms}
          connection={linking.connection}
          close={() => setLinking(null)}
          done={renew}
        />
      )}
    </section>
  );
}
