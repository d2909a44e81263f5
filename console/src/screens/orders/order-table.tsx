import { Button, Checkbox, Skeleton } from "@mantine/core";
import { useEventListener, useMediaQuery, useMergedRef } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Line } from "./order-line.tsx";
import { isSortable, pressed, wayOf, type Sort, type SortableColumn } from "./order-sort.ts";
import classes from "./orders.module.css";
import type { OrderPages } from "./use-order-pages.ts";

type Ids = ReadonlySet<OrderView["id"]>;

interface OrderTableProps {
  readonly pages: OrderPages;
  readonly contacts: boolean;
  readonly filtered: boolean;
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
  readonly chosen: Ids;
  readonly setChosen: (chosen: Ids) => void;
  readonly copy: (order: OrderView["id"]) => void;
}

/** What the rows of the table are made of; sorting is offered where the server can. */
const columns = [
  "reference",
  "state",
  "shipper",
  "recipient",
  "address",
  "carrier",
  "placed",
  "promised",
  "expected",
  "parcels",
  "price",
] as const;
const personal: ReadonlySet<string> = new Set(["recipient", "address"]);
const numbers: ReadonlySet<string> = new Set(["parcels", "price"]);

/** Orders as a table, or as cards where it is narrow. */
export function OrderTable(props: OrderTableProps) {
  const { pages, contacts } = props;
  const narrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  if (pages.error !== null && pages.orders.length === 0)
    return (
      <div className={classes.frame} style={{ padding: "1rem" }}>
        <Problem error={pages.error} again={pages.refresh} />
      </div>
    );
  const height = narrow ? (contacts ? 132 : 92) : 41;
  return <Table key={height} height={height} {...props} />;
}

/** A table of any length: only the rows in view exist, the next page is fetched when its end comes near. */
function Table({
  pages,
  contacts,
  filtered,
  sort,
  setSort,
  chosen,
  setChosen,
  copy,
  height,
}: OrderTableProps & { readonly height: number }) {
  const { t } = useLocale();
  const { orders, more } = pages;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: orders.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= orders.length - 20) more?.();
  }, [last, orders.length, more]);

  const keys = useEventListener("keydown", (event) =>
    goByArrow(event, (row) => virtual.scrollToIndex(row), orders.length),
  );
  const mergedFrame = useMergedRef(frame, keys);
  const toggle = (id: OrderView["id"]) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const all = orders.length > 0 && orders.every(({ id }) => chosen.has(id));
  const seen = columns.filter((name) => contacts || !personal.has(name));

  return (
    <div ref={mergedFrame} className={classes.frame} role="region" aria-label={t("orders.table")}>
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
            {seen.map((name) =>
              isSortable(name) ? (
                <SortHead key={name} column={name} sort={sort} setSort={setSort} />
              ) : (
                <th key={name} scope="col" className={numbers.has(name) ? classes.end : undefined}>
                  {t(`column.${name}`)}
                </th>
              ),
            )}
            <th scope="col">
              <span className="mp-unseen">{t("column.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pages.waiting && <Waiting columns={seen.length + 2} />}
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
        <div className={classes.more}>
          <Button variant="subtle" onClick={more}>
            {t("app.more")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A heading that sorts: up, down, and so on. */
function SortHead({
  column,
  sort,
  setSort,
}: {
  readonly column: SortableColumn;
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
}) {
  const { t } = useLocale();
  const way = wayOf(column, sort);
  const Arrow = way === "descending" ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={way ?? "none"}>
      <button type="button" className={classes.sorter} onClick={() => setSort(pressed(column, sort))}>
        {t(`column.${column}`)}
        {way !== null && <Arrow size={13} aria-hidden />}
      </button>
    </th>
  );
}

/** Arrow keys go from row to row and stay in their column: the box, the name, the copy. */
function goByArrow(event: KeyboardEvent, show: (row: number) => void, count: number): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = (event.target as HTMLElement).closest<HTMLElement>("tr[data-row]");
  const cell = (event.target as HTMLElement).closest<HTMLElement>("td");
  if (step === undefined || from === null || cell === null) return;
  event.preventDefault();
  const to = Number(from.dataset["row"]) + step;
  if (to < 0 || to >= count) return;
  const column = cell.dataset["column"];
  const table = from.closest("table");
  show(to);
  // The row may have to be drawn first.
  requestAnimationFrame(() =>
    table?.querySelector<HTMLElement>(`tr[data-row="${to}"] [data-column="${column}"] :is(a, button, input)`)?.focus(),
  );
}

const Gap = ({ height }: { readonly height: number }) =>
  height > 0 ? <tr aria-hidden="true" style={{ blockSize: height }} /> : null;

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
