import { ActionIcon, Button, Group, Select, Switch, TextInput, Title, Tooltip } from "@mantine/core";
import { useDebouncedCallback, useDisclosure, useHotkeys, useLocalStorage } from "@mantine/hooks";
import { IconDownload, IconFileImport, IconPlus, IconRefresh, IconSearch } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { linkTo } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useCarriers, useShippers, type Choice } from "../../parts/participant-choice.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { NewOrder } from "./new-order.tsx";
import { askedOf, filterFrom, orderStates, toggled, type OrderFilter } from "./order-filter.ts";
import { listed } from "./order-sort.ts";
import { OrderTable } from "./order-table.tsx";
import classes from "./orders.module.css";
import { SavedFilters } from "./saved-filters.tsx";
import { useOrderPages } from "./use-order-pages.ts";

const none: ReadonlySet<OrderView["id"]> = new Set();

/** Find, place, import, export, copy and cancel orders. */
export function Orders() {
  const { t } = useLocale();
  const { may } = useSession();
  const navigate = useNavigate({ from: "/orders" });
  const filter = filterFrom(useSearch({ from: "/orders" }));
  const setFilter = (next: OrderFilter) => void navigate({ search: next, replace: true });
  const [contacts, setContacts] = useLocalStorage({
    key: "milepool.orders.contacts",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const pages = useOrderPages(filter, contacts);
  const [importing, importDialog] = useDisclosure(false);
  const [draft, setDraft] = useState<{ readonly like: OrderView["id"] | null } | null>(null);
  const [marked, setMarked] = useState(none);
  // What is no longer shown is no longer chosen.
  const chosen = useMemo(
    () => (marked.size === 0 ? none : new Set(pages.orders.flatMap(({ id }) => (marked.has(id) ? [id] : [])))),
    [marked, pages.orders],
  );

  return (
    <div className={classes.screen}>
      <div className={classes.head}>
        <Group justify="space-between" gap="sm">
          <Title order={1}>{t("nav.orders")}</Title>
          <Group gap="xs">
            {may("orders:write") && (
              <Button
                variant="default"
                leftSection={<IconFileImport size={15} aria-hidden />}
                onClick={importDialog.open}
              >
                {t("orders.import")}
              </Button>
            )}
            <Button
              component="a"
              variant="default"
              leftSection={<IconDownload size={15} aria-hidden />}
              href={linkTo("exportOrders", null, askedOf(filter))}
              download
            >
              {t("orders.export")}
            </Button>
            {may("orders:write") && (
              <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setDraft({ like: null })}>
                {t("orders.new")}
              </Button>
            )}
          </Group>
        </Group>
        <Group gap="sm">
          <Search text={filter.text ?? ""} setText={(text) => setFilter(filterFrom({ ...filter, text }))} />
          <OfShipper filter={filter} setFilter={setFilter} />
          <WithCarrier filter={filter} setFilter={setFilter} />
          <SavedFilters filter={filter} apply={setFilter} />
          <Tooltip label={t("orders.contactsWhy")} multiline w={260}>
            <div>
              <Switch
                size="xs"
                label={t("orders.contacts")}
                checked={contacts}
                onChange={(event) => setContacts(event.currentTarget.checked)}
              />
            </div>
          </Tooltip>
          <span className={classes.fresh}>
            <ReadAge at={pages.readAt} />
            <ActionIcon size="sm" aria-label={t("orders.refresh")} loading={pages.reading} onClick={pages.refresh}>
              <IconRefresh size={14} />
            </ActionIcon>
          </span>
        </Group>
        <States filter={filter} counts={pages.counts} setFilter={setFilter} />
        {filter.importedBy !== undefined && (
          <div className={classes.only}>
            {t("orders.onlyImport")}
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                const { importedBy: _, ...rest } = filter;
                setFilter(rest);
              }}
            >
              {t("orders.all")}
            </Button>
          </div>
        )}
        {pages.error !== null && pages.orders.length > 0 && <Problem error={pages.error} again={pages.refresh} />}
      </div>
      {chosen.size > 0 && (
        <BulkBar chosen={[...chosen]} clear={() => setMarked(none)} orders={pages.orders} done={pages.refresh} />
      )}
      <OrderTable
        pages={pages}
        contacts={contacts}
        filtered={Object.keys(askedOf(filter)).length > 0}
        sort={filter.sort ?? listed}
        setSort={(sort) => setFilter(filterFrom({ ...filter, sort }))}
        chosen={chosen}
        setChosen={setMarked}
        copy={(like) => setDraft({ like })}
      />
      <ImportDialog
        opened={importing}
        close={importDialog.close}
        done={pages.refresh}
        show={(importedBy) => setFilter({ importedBy })}
      />
      {draft !== null && <NewOrder like={draft.like} close={() => setDraft(null)} done={pages.refresh} />}
    </div>
  );
}

/** How old the list is, by this machine's clock: the demo's runs at its own speed. */
function ReadAge({ at }: { readonly at: number | null }) {
  const { t, f } = useLocale();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return at === null ? null : <span>{t("orders.readAt", { age: f.age((Math.max(now, at) - at) / 1000) })}</span>;
}

/** Types freely, asks when the typing pauses. */
function Search({ text, setText }: { readonly text: string; readonly setText: (text: string) => void }) {
  const { t } = useLocale();
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    setKnown(text);
    if (typed.trim() !== text) setTyped(text); // a saved filter was applied: its words, not the ones half typed
  }
  const ask = useDebouncedCallback(setText, 350);
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);
  return (
    <TextInput
      ref={field}
      type="search"
      w={{ base: "100%", xs: 260 }}
      placeholder={t("orders.search")}
      aria-label={t("orders.search")}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        ask(event.currentTarget.value);
      }}
    />
  );
}

interface FilterProps {
  readonly filter: OrderFilter;
  readonly setFilter: (filter: OrderFilter) => void;
}

/** One shipper's orders alone; a shipper sees only its own anyhow. */
function OfShipper({ filter, setFilter }: FilterProps) {
  const { t } = useLocale();
  const { own, shippers } = useShippers();
  if (own) return null;
  const choose = (shipper: string | null) => setFilter(filterFrom({ ...filter, shipper }));
  return <Among all={shippers} label={t("column.shipper")} value={filter.shipper} choose={choose} />;
}

/** What one carrier has or had; of others' orders a carrier sees only those it has or had anyhow. */
function WithCarrier({ filter, setFilter }: FilterProps) {
  const { t } = useLocale();
  const choose = (carrier: string | null) => setFilter(filterFrom({ ...filter, carrier }));
  return <Among all={useCarriers()} label={t("column.carrier")} value={filter.carrier} choose={choose} />;
}

interface AmongProps {
  readonly all: readonly Choice[];
  readonly label: string;
  readonly value: string | undefined;
  readonly choose: (id: string | null) => void;
}

function Among({ all, label, value, choose }: AmongProps) {
  if (all.length < 2) return null;
  return (
    <Select
      flex="1 1 9rem"
      maw={{ xs: 170 }}
      aria-label={label}
      placeholder={label}
      clearable
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={choose}
    />
  );
}

interface StatesProps extends FilterProps {
  readonly counts: Readonly<Record<string, number>> | undefined;
}

/** A filter by state that says beforehand how many there are. */
function States({ filter, counts, setFilter }: StatesProps) {
  const { t, f, word } = useLocale();
  const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  const chip = (label: string, count: number, on: boolean, press: () => void) => (
    <button key={label} type="button" className={classes.chip} aria-pressed={on} onClick={press}>
      {label} <span className="mp-num">{counts === undefined ? "–" : f.number(count)}</span>
    </button>
  );
  return (
    <div className={classes.chips} role="group" aria-label={t("orders.byState")}>
      {chip(t("orders.all"), all, filter.state === undefined, () =>
        setFilter(filterFrom({ ...filter, state: undefined })),
      )}
      {orderStates.map((state) =>
        chip(word("order", state), counts?.[state] ?? 0, filter.state?.includes(state) ?? false, () =>
          setFilter(toggled(filter, state)),
        ),
      )}
    </div>
  );
}
