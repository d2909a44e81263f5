import { ActionIcon, Button, Checkbox, Skeleton, Tooltip } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { shortId } from "../../parts/short-id.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { windowWords } from "../../parts/window-words.ts";
import classes from "./orders.module.css";
import type { OrderPages } from "./use-order-pages.ts";

type Ids = ReadonlySet<OrderView["id"]>;

interface OrderTableProps {
  readonly pages: OrderPages;
  readonly contacts: boolean;
  readonly filtered: boolean;
  readonly chosen: Ids;
  readonly setChosen: (chosen: Ids) => void;
  readonly copy: (order: OrderView["id"]) => void;
}

const HEIGHT = 41;

/** A table of any length: only the rows in view exist, the next page is fetched when its end comes near. */
export function OrderTable({ pages, contacts, filtered, chosen, setChosen, copy }: OrderTableProps) {
  const { t } = useLocale();
  const { orders, more } = pages;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: orders.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= orders.length - 20) more?.();
  }, [last, orders.length, more]);

  const toggle = (id: OrderView["id"]) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const all = orders.length > 0 && orders.every(({ id }) => chosen.has(id));
  const columns = contacts ? 10 : 8;

  if (pages.error !== null && orders.length === 0)
    return (
      <div className={classes.frame} style={{ padding: "1rem" }}>
        <Problem error={pages.error} again={pages.refresh} />
      </div>
    );
  return (
    <div ref={frame} className={classes.frame} role="region" aria-label={t("orders.table")}>
      <table className={classes.table} aria-rowcount={orders.length + 1} aria-busy={pages.waiting}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                aria-label={t("orders.chooseAll")}
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => setChosen(all ? new Set() : new Set(orders.map(({ id }) => id)))}
              />
            </th>
            <th scope="col">{t("column.reference")}</th>
            <th scope="col">{t("column.state")}</th>
            <th scope="col">{t("column.shipper")}</th>
            {contacts && <th scope="col">{t("column.recipient")}</th>}
            {contacts && <th scope="col">{t("column.address")}</th>}
            <th scope="col">{t("column.placed")}</th>
            <th scope="col">{t("column.promised")}</th>
            <th scope="col" className={classes.end}>
              {t("column.parcels")}
            </th>
            <th scope="col" className={classes.end}>
              {t("column.price")}
            </th>
            <th scope="col">
              <span className="mp-unseen">{t("column.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pages.waiting && <Waiting columns={columns + 1} />}
          <Gap height={shown[0]?.start ?? 0} />
          {shown.map(({ index }) => {
            const order = orders[index]!;
            return (
              <Line
                key={order.id}
                order={order}
                index={index}
                contacts={contacts}
                chosen={chosen.has(order.id)}
                toggle={toggle}
                copy={copy}
              />
            );
          })}
          <Gap height={virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
      {!pages.waiting && orders.length === 0 && (
        <Empty
          title={t(filtered ? "orders.nothingFound" : "orders.none")}
          next={t(filtered ? "orders.nothingFound.next" : "orders.none.next")}
        />
      )}
      {more !== null && (
        <Button variant="subtle" fullWidth onClick={more}>
          {t("app.more")}
        </Button>
      )}
    </div>
  );
}

const Gap = ({ height }: { readonly height: number }) =>
  height > 0 ? <tr aria-hidden="true" style={{ blockSize: height }} /> : null;

interface LineProps {
  readonly order: OrderView;
  readonly index: number;
  readonly contacts: boolean;
  readonly chosen: boolean;
  readonly toggle: (id: OrderView["id"]) => void;
  readonly copy: (id: OrderView["id"]) => void;
}

function Line({ order, index, contacts, chosen, toggle, copy }: LineProps) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const name = order.reference ?? shortId(order.id);
  return (
    <tr data-row aria-rowindex={index + 2} aria-selected={chosen}>
      <td>
        <Checkbox aria-label={t("orders.choose", { name })} checked={chosen} onChange={() => toggle(order.id)} />
      </td>
      <td>
        <Link to="/orders/$order" params={{ order: order.id }} className={classes.reference}>
          {name}
        </Link>
      </td>
      <td>
        <StateBadge state={order.state} />
      </td>
      <td>{order.shipper.name}</td>
      {contacts && (
        <td>{order.dropoff.contact?.name ?? <span className={classes.quiet}>{t("order.forgotten")}</span>}</td>
      )}
      {contacts && <td title={order.dropoff.contact?.address}>{order.dropoff.contact?.address ?? "–"}</td>}
      <td className="mp-num">{f.when(order.placedAt, now)}</td>
      <td className="mp-num">
        {windowWords(order.dropoffWindow, now, { t, f }) ?? <span className={classes.quiet}>–</span>}
      </td>
      <td className={classes.end}>{f.number(order.parcels.length)}</td>
      <td className={classes.end}>{order.price === null ? "–" : f.money(order.price)}</td>
      <td>
        <Tooltip label={t("orders.copy")}>
          <ActionIcon aria-label={t("orders.copyNamed", { name })} onClick={() => copy(order.id)}>
            <IconCopy size={15} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  );
}

const Waiting = ({ columns }: { readonly columns: number }) =>
  Array.from({ length: 12 }, (_, row) => (
    <tr key={row} aria-hidden="true">
      {Array.from({ length: columns }, (_, column) => (
        <td key={column}>
          <Skeleton h={10} w={column === 0 ? 16 : `${50 + ((row * 7 + column * 13) % 40)}%`} />
        </td>
      ))}
    </tr>
  ));
