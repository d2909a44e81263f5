import { SegmentedControl, Select, Skeleton, TextInput } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useLocale } from "../../i18n/locale.tsx";
import { Empty } from "../../parts/empty.tsx";
import { useCarrierLooks } from "../../parts/use-carrier-looks.ts";
import classes from "./live.module.css";
import { noFilter, passes, phases, type CourierRow, type LiveFilter, type OrderRow, type Row } from "./live-model.ts";
import { RowLine } from "./row-line.tsx";

interface LiveListProps {
  readonly waiting: boolean;
  readonly couriers: readonly CourierRow[];
  readonly orders: readonly OrderRow[];
  readonly filter: LiveFilter;
  readonly setFilter: (filter: LiveFilter) => void;
  readonly choose: (kind: "courier" | "order", id: string) => void;
}

/** The map's work without the map: find by typing, go by arrow keys, choose by Enter. */
export function LiveList({ waiting, couriers, orders, filter, setFilter, choose }: LiveListProps) {
  const { t } = useLocale();
  const [kind, setKind] = useState<"order" | "courier">("order");
  const all: readonly Row[] = kind === "order" ? orders : couriers;
  const rows = useMemo(() => all.filter((row) => passes(row, filter)), [all, filter]);

  return (
    <div className={classes.whole}>
      <div className={classes.finder}>
        <SegmentedControl
          size="xs"
          fullWidth
          value={kind}
          onChange={(value) => setKind(value)}
          aria-label={t("live.kind")}
          data={[
            { value: "order", label: t("live.orders", { n: orders.length }) },
            { value: "courier", label: t("live.couriers", { n: couriers.length }) },
          ]}
        />
        <Filters kind={kind} filter={filter} setFilter={setFilter} />
      </div>
      {waiting ? (
        <Skeletons />
      ) : rows.length === 0 ? (
        all.length === 0 ? (
          <Empty title={t(`live.none.${kind}`)} next={t(`live.none.${kind}.next`)} />
        ) : (
          <Empty title={t("live.nothingFound")} next={t("live.nothingFound.next")} />
        )
      ) : (
        <Rows
          key={kind}
          rows={rows}
          label={t(kind === "order" ? "live.listOrders" : "live.listCouriers")}
          choose={choose}
        />
      )}
      <p className="mp-unseen" aria-live="polite">
        {t("live.found", { n: rows.length })}
      </p>
    </div>
  );
}

function Filters({
  kind,
  filter,
  setFilter,
}: {
  readonly kind: "order" | "courier";
  readonly filter: LiveFilter;
  readonly setFilter: (filter: LiveFilter) => void;
}) {
  const { t } = useLocale();
  const looks = useCarrierLooks();
  const carriers = [
    ...(kind === "order" ? [{ value: "nobody", label: t("live.nobody") }] : []),
    ...[...looks.values()].map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <TextInput
        type="search"
        placeholder={t("live.filter")}
        aria-label={t("live.filter")}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={filter.text}
        onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        onKeyDown={(event) => event.key === "Escape" && setFilter(noFilter)}
      />
      <div className={classes.filters} style={kind === "courier" ? { gridTemplateColumns: "1fr" } : undefined}>
        {kind === "order" && (
          <Select
            aria-label={t("live.phase")}
            placeholder={t("live.phase")}
            clearable
            data={["late", ...phases].map((value) => ({ value, label: t(`phase.${value as "late"}`) }))}
            value={filter.phase}
            onChange={(value) => setFilter({ ...filter, phase: value as LiveFilter["phase"] })}
          />
        )}
        <Select
          aria-label={t("live.carrier")}
          placeholder={t("live.carrier")}
          clearable
          data={carriers}
          value={filter.carrier}
          onChange={(value) => setFilter({ ...filter, carrier: value })}
        />
      </div>
    </>
  );
}

const HEIGHT = 50;

interface RowsProps {
  readonly rows: readonly Row[];
  readonly label: string;
  readonly choose: (kind: "courier" | "order", id: string) => void;
}

/** A list box over any number of rows: only those in view are drawn, the active one follows the keys and stays with its row when the order changes. */
function Rows({ rows, label, choose }: RowsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = Math.max(
    0,
    rows.findIndex(({ id }) => id === activeId),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
    getItemKey: (index) => rows[index]!.id,
  });
  useEffect(() => {
    if (activeId === null || document.activeElement !== frame.current) return;
    virtual.scrollToIndex(active, { align: "auto" });
  }, [active, activeId, virtual]);

  const keys = (event: KeyboardEvent) => {
    const to = target(event.key, active, rows.length);
    if (to !== null) setActiveId(rows[to]!.id);
    else if (event.key === "Enter" || event.key === " ") choose(rows[active]!.kind, rows[active]!.id);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={frame}
      className={classes.rows}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={rows[active] && `${prefix}${rows[active].id}`}
      onKeyDown={keys}
    >
      <div role="presentation" style={{ blockSize: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, start, size, key }) => {
          const row = rows[index]!;
          return (
            <div
              key={key}
              id={`${prefix}${row.id}`}
              role="option"
              aria-selected={row.id === activeId}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              data-active={row.id === activeId}
              className={classes.row}
              style={{ insetBlockStart: start, blockSize: size }}
              onClick={() => {
                setActiveId(row.id);
                choose(row.kind, row.id);
              }}
            >
              <RowLine row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const PAGE = 8;

function target(key: string, active: number, count: number): number | null {
  const to = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + PAGE,
    PageUp: active - PAGE,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}

function Skeletons() {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 8 }, (_, i) => (
        <div key={i} style={{ padding: "0.625rem 0.75rem" }}>
          <Skeleton h={11} w="45%" mb={7} />
          <Skeleton h={9} w="70%" />
        </div>
      ))}
    </div>
  );
}
