import { ActionIcon, Checkbox, Tooltip } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ListedOrder } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { shortId } from "../../parts/short-id.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { windowWords } from "../../parts/window-words.ts";
import { promiseOf } from "../live/live-model.ts";
import classes from "./orders.module.css";

interface LineProps {
  readonly order: ListedOrder;
  readonly index: number;
  readonly contacts: boolean;
  readonly chosen: boolean;
  readonly toggle: (id: ListedOrder["id"]) => void;
  readonly copy: (id: ListedOrder["id"]) => void;
}

/** One order of the table. */
export function Line({ order, index, contacts, chosen, toggle, copy }: LineProps) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const name = order.reference ?? shortId(order.id);
  const { contact } = order.dropoff;
  return (
    <tr data-row={index} aria-rowindex={index + 2} data-chosen={chosen}>
      <td data-column="choose">
        <Checkbox aria-label={t("orders.choose", { name })} checked={chosen} onChange={() => toggle(order.id)} />
      </td>
      <td data-column="reference">
        <Link to="/orders/$order" params={{ order: order.id }} className={classes.reference}>
          {name}
        </Link>
      </td>
      <td data-column="state">
        <StateBadge state={order.state} />
      </td>
      <td data-column="shipper">{order.shipper.name}</td>
      {contacts && (
        <td data-column="recipient">
          {contact?.name ?? <span className={classes.quiet}>{t("order.forgotten")}</span>}
        </td>
      )}
      {contacts && (
        <td data-column="address" title={contact?.address}>
          {contact?.address ?? "–"}
        </td>
      )}
      <td data-column="carrier">
        <Carrier order={order} />
      </td>
      <td data-column="placed" className="mp-num">
        {f.when(order.placedAt, now)}
      </td>
      <td data-column="promised" className="mp-num">
        {windowWords(order.dropoffWindow, now, { t, f }) ?? <span className={classes.quiet}>–</span>}
      </td>
      <td data-column="expected" className="mp-num">
        <Expected order={order} now={now} />
      </td>
      <td data-column="parcels" className={classes.end}>
        {f.number(order.parcels.length)}
      </td>
      <td data-column="price" className={classes.end}>
        {order.price === null ? "–" : f.money(order.price)}
      </td>
      <td data-column="copy">
        <Tooltip label={t("orders.copy")}>
          <ActionIcon aria-label={t("orders.copyNamed", { name })} onClick={() => copy(order.id)}>
            <IconCopy size={15} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  );
}

/** Who has it, or had it last: the courier by name where one sees it. */
function Carrier({ order: { standing, closedAt } }: Pick<LineProps, "order">) {
  const { t } = useLocale();
  if (standing === null || standing.carrier === null)
    return <span className={classes.quiet}>{closedAt === null ? t("live.nobody") : "–"}</span>;
  const { carrier, courierName } = standing;
  return (
    <span className={classes.carrier} title={courierName === null ? carrier.name : `${courierName}, ${carrier.name}`}>
      <CarrierMark carrier={carrier.id} size={13} />
      <span>{courierName ?? carrier.name}</span>
    </span>
  );
}

/** When it will be there and whether that keeps the promise; of a closed order, when it was closed. */
function Expected({
  order: { closedAt, dropoffWindow, standing },
  now,
}: Pick<LineProps, "order"> & { readonly now: string }) {
  const { t, f } = useLocale();
  if (closedAt !== null)
    return <span className={classes.quiet}>{t("orders.closedAt", { time: f.when(closedAt, now) })}</span>;
  const estimate = standing?.estimate ?? null;
  const outlook = promiseOf({ dropoffWindow, estimate }, now);
  const warned = outlook === "late" || outlook === "tight";
  const expected = estimate?.dropoff ?? null;
  if (expected === null && !warned) return <span className={classes.quiet}>–</span>;
  return (
    <span className={warned ? classes[outlook] : undefined}>
      {expected === null ? "" : f.when(expected, now)}
      {warned && ` ${t(`promise.${outlook}`)}`}
    </span>
  );
}
