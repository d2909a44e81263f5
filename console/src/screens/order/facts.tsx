import { Badge, Group, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { OrderDetail, OrderView } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { windowWords } from "../../parts/window-words.ts";
import { promiseOf } from "../live/live-model.ts";
import liveClasses from "../live/live.module.css";
import classes from "./order.module.css";

/** The promise and how it stands: from where to where, by when, by whom, with what. */
export function Facts({ detail }: { readonly detail: OrderDetail }) {
  const { t, f, word } = useLocale();
  const now = useNetworkNow();
  const { order, legs } = detail;
  const leg = legs.findLast(({ state }) => state !== "cancelled") ?? legs.at(-1);
  const carrier = leg?.assignment ?? null;
  const promise =
    leg === undefined || leg.handedOverAt !== null
      ? "unknown"
      : promiseOf({ dropoffWindow: order.dropoffWindow, estimate: leg.estimate }, now);
  const moved = order.originalDropoffWindow.latest !== order.dropoffWindow.latest;

  return (
    <Paper withBorder p="md">
      <div className={classes.ends}>
        <End title={t("stop.pickup")} place={order.pickup}>
          <p>
            {leg?.pickedUpAt
              ? t("order.pickedUpAt", { time: f.when(leg.pickedUpAt, now) })
              : leg?.estimate?.pickup
                ? t("order.expected", { time: f.when(leg.estimate.pickup, now) })
                : t("order.readyAt", { time: f.when(order.readyAt, now) })}
          </p>
        </End>
        <End title={t("stop.dropoff")} place={order.dropoff}>
          <p>
            {leg?.handedOverAt ? (
              t("order.handedOverAt", { time: f.when(leg.handedOverAt, now) })
            ) : leg?.estimate?.dropoff ? (
              <>
                {t("order.expected", { time: f.when(leg.estimate.dropoff, now) })}
                {leg.estimate.early && leg.estimate.late
                  ? ` (${f.span({ earliest: leg.estimate.early, latest: leg.estimate.late }, now)})`
                  : ""}
              </>
            ) : (
              t("order.noEstimate")
            )}
          </p>
        </End>
        <div className={classes.end}>
          <Title order={2}>{t("live.promised")}</Title>
          <p className={classes.promise}>{windowWords(order.dropoffWindow, now, { t, f }) ?? t("live.noPromise")}</p>
          {(promise === "late" || promise === "tight") && (
            <p className={liveClasses[promise]}>{t(`promise.${promise}`)}</p>
          )}
          {moved && (
            <p>
              <Text span size="xs" c="dimmed">
                {t("order.firstAgreed", { span: windowWords(order.originalDropoffWindow, now, { t, f }) ?? "–" })}
              </Text>
            </p>
          )}
        </div>
        <div className={classes.end}>
          <Title order={2}>{t("live.carrier")}</Title>
          {carrier === null ? (
            <p>{t("live.nobody")}</p>
          ) : (
            <>
              <Group gap={6} mt={2} wrap="nowrap">
                <CarrierMark carrier={carrier.carrier.id} />
                <Text size="sm">
                  {carrier.courierName === null
                    ? carrier.carrier.name
                    : `${carrier.courierName}, ${carrier.carrier.name}`}
                </Text>
              </Group>
              <p>
                {f.money(carrier.price)}
                {carrier.reference !== null && <span className={classes.id}> · {carrier.reference}</span>}
              </p>
            </>
          )}
          {leg !== undefined && (
            <Group mt={4} gap={4}>
              <StateBadge state={leg.state} of="leg" />
            </Group>
          )}
        </div>
        <Goods order={order} />
        <div className={classes.end}>
          <Title order={2}>{t("column.price")}</Title>
          <p className="mp-num">{order.price === null ? "–" : f.money(order.price)}</p>
          <p>
            <Text span size="xs" c="dimmed">
              {word("service", order.serviceLevel)}
            </Text>
          </p>
        </div>
      </div>
    </Paper>
  );
}

function End({
  title,
  place,
  children,
}: {
  readonly title: string;
  readonly place: OrderView["pickup"];
  readonly children: ReactNode;
}) {
  const { t } = useLocale();
  const { contact } = place;
  return (
    <div className={classes.end}>
      <Title order={2}>{title}</Title>
      {contact === null ? (
        <p>{t("order.forgotten")}</p>
      ) : (
        <>
          <p>{contact.name}</p>
          <p>{contact.address}</p>
          {contact.phone !== null && (
            <p>
              <bdi dir="ltr">{contact.phone}</bdi>
            </p>
          )}
          {contact.notes !== null && (
            <p>
              <Text span size="xs" c="dimmed">
                {contact.notes}
              </Text>
            </p>
          )}
        </>
      )}
      {children}
    </div>
  );
}

function Goods({ order }: { readonly order: OrderView }) {
  const { t, f, word } = useLocale();
  const grams = order.parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0);
  const contents = order.goods?.contents.filter((text) => text !== "").join(", ");
  return (
    <div className={classes.end}>
      <Title order={2}>{t("column.parcels")}</Title>
      <p>
        {t("order.parcels", { n: order.parcels.length })}, {f.weight(grams)}
        {contents ? ` · ${contents}` : ""}
      </p>
      <Group gap={4} mt={4}>
        {order.requirements.map((requirement) => (
          <Badge key={requirement} color="gray">
            {word("requirement", requirement)}
          </Badge>
        ))}
      </Group>
    </div>
  );
}
