import { ActionIcon, Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { useAsk } from "../../app/asking.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { Empty } from "../../parts/empty.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { windowWords } from "../../parts/window-words.ts";
import classes from "./live.module.css";
import type { Chosen, CourierRow, OrderRow, Row } from "./live-model.ts";

interface ChosenPanelProps {
  readonly chosen: Exclude<Chosen, null>;
  /** Undefined when it has left the map: delivered, off duty. */
  readonly row: Row | undefined;
  readonly couriers: readonly CourierRow[];
  readonly orders: readonly OrderRow[];
  readonly choose: (kind: "courier" | "order", id: string) => void;
  readonly close: () => void;
}

/** Who was chosen, what it carries, where it goes. Takes the focus, and gives the list back at Escape. */
export function ChosenPanel({ chosen, row, couriers, orders, choose, close }: ChosenPanelProps) {
  const { t } = useLocale();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus(), [chosen.id]);
  useHotkeys([["Escape", close]]);

  return (
    <div ref={frame} className={classes.panel} tabIndex={-1}>
      <Group gap={6} mb="sm" wrap="nowrap">
        <ActionIcon onClick={close} aria-label={t("live.back")}>
          <IconArrowLeft size={16} className="mp-flip" />
        </ActionIcon>
        <Text size="xs" c="dimmed">
          {t("live.back")}
        </Text>
      </Group>
      {row === undefined ? (
        <Empty title={t("live.gone")} next={t("live.gone.next")} />
      ) : row.kind === "courier" ? (
        <OfCourier row={row} orders={orders} choose={choose} />
      ) : (
        <OfOrder row={row} couriers={couriers} choose={choose} />
      )}
    </div>
  );
}

function Head({
  carrier,
  title,
  note,
}: {
  readonly carrier: string | null | undefined;
  readonly title: string;
  readonly note: ReactNode;
}) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <span style={{ paddingBlockStart: 3 }}>
        <CarrierMark carrier={carrier} size={20} />
      </span>
      <div>
        <Title order={2}>{title}</Title>
        <Text size="sm" c="dimmed" component="div">
          {note}
        </Text>
      </div>
    </Group>
  );
}

function OfCourier({
  row,
  orders,
  choose,
}: { readonly row: CourierRow } & Pick<ChosenPanelProps, "orders" | "choose">) {
  const { t, word, f } = useLocale();
  const now = useNetworkNow();
  const { courier } = row;
  const orderOf = (leg: string) => orders.find(({ id }) => id === leg);
  return (
    <Stack gap="md">
      <Head
        carrier={courier.carrier.id}
        title={row.name}
        note={`${courier.carrier.name} · ${word("profile", courier.profile)}`}
      />
      <dl className={classes.facts}>
        <dt>{t("live.position")}</dt>
        <dd>
          {courier.position === null ? t("live.unheard") : t("live.ago", { age: f.age(courier.position.ageSeconds) })}
        </dd>
        <dt>{t("live.onBoard")}</dt>
        <dd>{t("live.nOrders", { n: row.carrying })}</dd>
        <dt>{t("live.shiftEnds")}</dt>
        <dd>{f.when(courier.shiftEndsAt, now)}</dd>
      </dl>
      <div>
        <Title order={3} mb={4}>
          {t("live.stops", { n: courier.stops.length })}
        </Title>
        {courier.stops.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("live.noStops")}
          </Text>
        ) : (
          <ol className={classes.stops}>
            {courier.stops.map((stop) => {
              const order = orderOf(stop.leg);
              return (
                <li key={`${stop.leg} ${stop.kind}`}>
                  <time dateTime={stop.arrive}>{f.when(stop.arrive, now)}</time>
                  <span className={classes.dot} data-kind={stop.kind} aria-hidden="true" />
                  <span>
                    {t(`stop.${stop.kind}`)}{" "}
                    {order !== undefined && (
                      <button type="button" className={classes.linkish} onClick={() => choose("order", order.id)}>
                        {order.name}
                      </button>
                    )}
                    {order !== undefined && stop.kind === "dropoff" && <Standing row={order} />}
                    {stop.parkAt !== null && stop.parkAt.walkSeconds > 0 && (
                      <Text size="xs" c="dimmed" component="div">
                        {t("live.parkAt", {
                          road: stop.parkAt.road ?? t("roads.nameless"),
                          walk: f.age(stop.parkAt.walkSeconds),
                        })}
                      </Text>
                    )}
                  </span>
                </li>
              );
            })}
          </ol>
        )}
      </div>
    </Stack>
  );
}

function Standing({ row }: { readonly row: OrderRow }) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const span = windowWords(row.leg.dropoffWindow, now, { t, f });
  if (span === null) return null;
  const style = row.promise === "late" ? classes.late : row.promise === "tight" ? classes.tight : undefined;
  return (
    <Text size="xs" c="dimmed" component="div">
      {span}
      {row.promise === "late" || row.promise === "tight" ? (
        <span className={style}> · {t(`promise.${row.promise}`)}</span>
      ) : null}
    </Text>
  );
}

function OfOrder({
  row,
  couriers,
  choose,
}: { readonly row: OrderRow } & Pick<ChosenPanelProps, "couriers" | "choose">) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const { leg } = row;
  const { data: order } = useAsk("getOrder", { params: { id: leg.order } });
  const courier = couriers.find(({ id }) => id === leg.courier);
  const estimate = leg.estimate;
  const time = (iso: string | null | undefined) => (iso === null || iso === undefined ? "–" : f.when(iso, now));
  return (
    <Stack gap="md">
      <Head carrier={leg.carrier?.id} title={row.name} note={leg.shipper.name} />
      <Group gap="xs">
        <StateBadge state={leg.state} of="leg" />
        {(row.promise === "late" || row.promise === "tight") && (
          <Text size="sm" className={classes[row.promise]}>
            {t(`promise.${row.promise}`)}
          </Text>
        )}
      </Group>
      <dl className={classes.facts}>
        <dt>{t("live.carrier")}</dt>
        <dd>{leg.carrier?.name ?? t("live.nobody")}</dd>
        {courier !== undefined && (
          <>
            <dt>{t("live.courier")}</dt>
            <dd>
              <button type="button" className={classes.linkish} onClick={() => choose("courier", courier.id)}>
                {courier.name}
              </button>
            </dd>
          </>
        )}
        {leg.carrierPosition !== null && (
          <>
            <dt>{t("live.position")}</dt>
            <dd>{t("live.ago", { age: f.age(leg.carrierPosition.ageSeconds) })}</dd>
          </>
        )}
        <dt>{t("stop.pickup")}</dt>
        <dd>
          {row.phase === "carrying" ? t("live.onBoard") : time(estimate?.pickup)}
          <Quiet>{order?.pickup.contact?.address}</Quiet>
        </dd>
        <dt>{t("stop.dropoff")}</dt>
        <dd>
          {time(estimate?.dropoff)}
          {estimate?.early && estimate.late ? (
            <Text span c="dimmed" size="xs">
              {" "}
              ({f.span({ earliest: estimate.early, latest: estimate.late }, now)})
            </Text>
          ) : null}
          <Quiet>{order?.dropoff.contact?.name}</Quiet>
          <Quiet>{order?.dropoff.contact?.address}</Quiet>
        </dd>
        <dt>{t("live.promised")}</dt>
        <dd>{windowWords(leg.dropoffWindow, now, { t, f }) ?? t("live.noPromise")}</dd>
        {estimate !== null && (
          <>
            <dt>{t("live.estimateFrom")}</dt>
            <dd>{t(`estimate.${estimate.source}`)}</dd>
          </>
        )}
      </dl>
      <Anchor size="sm" renderRoot={(props) => <Link to="/orders/$order" params={{ order: leg.order }} {...props} />}>
        {t("live.openOrder")}
      </Anchor>
    </Stack>
  );
}

function Quiet({ children }: { readonly children: ReactNode }) {
  return children ? (
    <Text size="xs" c="dimmed" component="div">
      {children}
    </Text>
  ) : null;
}
