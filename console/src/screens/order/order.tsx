import { Alert, Anchor, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { IconArrowLeft, IconPencil } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import type { OrderDetail } from "../../../../src/doors/api/contract.ts";
import { useAsk } from "../../app/asking.ts";
import { useLive } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { DecisionCard } from "../../parts/decision-card.tsx";
import { Problem } from "../../parts/problem.tsx";
import { shortId } from "../../parts/short-id.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { Attempts } from "./attempts.tsx";
import { CancelOrder } from "./cancel-order.tsx";
import { EditOrder } from "./edit-order.tsx";
import { ForgetOrder } from "./forget-order.tsx";
import { Facts } from "./facts.tsx";
import { Money } from "./money.tsx";
import classes from "./order.module.css";
import { OrderMap } from "./order-map.tsx";
import { Timeline } from "./timeline.tsx";

const closed = new Set(["delivered", "partly_delivered", "failed", "returned", "cancelled"]);

/** One order's whole record. Renews itself when the stream says that something happened to it. */
export function Order() {
  const { order: id } = useParams({ from: "/orders/$order" });
  const { t } = useLocale();
  const asked = { params: { id: id as `order_${string}` } };
  const { data, error, refetch } = useAsk("getOrderDetail", asked, { every: 20_000 });
  const queries = useQueryClient();
  const latest = useLive(({ happened }) => happened.find(({ order }) => order === id)?.id);
  useEffect(() => {
    if (latest !== undefined) void queries.invalidateQueries({ queryKey: ["getOrderDetail", asked.params] });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `asked` is made of `id`
  }, [latest, id, queries]);

  return (
    <div className={classes.screen}>
      <Anchor size="sm" mb="xs" renderRoot={(props) => <Link to="/orders" {...props} />}>
        <Group gap={4} component="span">
          <IconArrowLeft size={14} className="mp-flip" aria-hidden /> {t("nav.orders")}
        </Group>
      </Anchor>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {data !== undefined ? <Record detail={data} /> : error === null ? <Waiting /> : null}
    </div>
  );
}

function Record({ detail }: { readonly detail: OrderDetail }) {
  const { t, word } = useLocale();
  const { may } = useSession();
  const { order, legs } = detail;
  const [editing, edit] = useDisclosure(false);
  const [cancelling, cancel] = useDisclosure(false);
  const [forgetting, forget] = useDisclosure(false);
  const remembered = order.pickup.contact !== null || order.dropoff.contact !== null;
  const open = !closed.has(order.state);
  const trouble = legs.find(({ state }) => state === "dropoff_failed" || state === "pickup_failed");

  return (
    <>
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <div>
          <Group gap="sm">
            <Title order={1}>{order.reference ?? shortId(order.id)}</Title>
            <span role="status">
              <StateBadge state={order.state} />
            </span>
          </Group>
          <Text size="sm" c="dimmed">
            {order.shipper.name} · <span className={classes.id}>{order.id}</span>
          </Text>
        </div>
        {!open && remembered && may("orders:write") && (
          <Button variant="subtle" color="gray" onClick={forget.open}>
            {t("forget.do")}
          </Button>
        )}
        {open && may("orders:write") && (
          <Group gap="xs">
            <Button variant="default" leftSection={<IconPencil size={14} aria-hidden />} onClick={edit.open}>
              {t("order.edit")}
            </Button>
            <Button variant="light" color="red" onClick={cancel.open}>
              {t("order.cancel")}
            </Button>
          </Group>
        )}
      </Group>
      {trouble !== undefined && (
        <Alert color="red" mb="md" title={word("leg", trouble.state)}>
          {t("order.troubleNext")}
        </Alert>
      )}
      <div className={classes.grid}>
        <Stack gap="md" className={classes.wide}>
          <Facts detail={detail} />
          <div className={classes.map}>
            <OrderMap detail={detail} />
          </div>
          <Section title={t("order.decisions", { n: detail.decisions.length })}>
            {detail.decisions.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t("order.noDecision")}
              </Text>
            ) : (
              <Stack gap="lg">
                {detail.decisions.map((decision) => (
                  <DecisionCard key={decision.id} decision={decision} />
                ))}
              </Stack>
            )}
          </Section>
        </Stack>
        <Stack gap="md">
          <Section title={t("order.timeline")}>
            <Timeline detail={detail} />
          </Section>
          {detail.attempts.length > 0 && (
            <Section title={t("order.attempts")}>
              <Attempts detail={detail} />
            </Section>
          )}
          <Section title={t("order.money")}>
            <Money detail={detail} />
          </Section>
        </Stack>
      </div>
      {editing && <EditOrder order={order} close={edit.close} />}
      {forgetting && <ForgetOrder order={order} close={forget.close} />}
      {cancelling && <CancelOrder order={order} close={cancel.close} />}
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="md" aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Waiting() {
  const { t } = useLocale();
  return (
    <Stack gap="md" role="status" aria-label={t("app.loading")}>
      <Skeleton h={28} w={220} />
      <Skeleton h={110} />
      <Skeleton h={300} />
    </Stack>
  );
}
