import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconRoad } from "@tabler/icons-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useLive } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CityMap } from "../../map/city-map.tsx";
import { ClockControls } from "./clock-controls.tsx";
import { Counters } from "./counters.tsx";
import { Fly } from "./fly.tsx";
import { Legend } from "./legend.tsx";
import classes from "./live.module.css";
import { LiveLayers } from "./live-layers.tsx";
import { LiveList } from "./live-list.tsx";
import { courierRows, noFilter, orderRows, passes, type Chosen, type CourierRow, type OrderRow } from "./live-model.ts";
import { ChosenPanel } from "./chosen-panel.tsx";
import { RoadLayers } from "./roads/road-layers.tsx";
import roadClasses from "./roads/roads.module.css";
import { RoadsPanel } from "./roads/roads-panel.tsx";
import { useRoads } from "./roads/use-roads.ts";
import { useLiveMap } from "./use-live-map.ts";

const noCouriers: readonly CourierRow[] = [];
const noOrders: readonly OrderRow[] = [];

/** Everything alive, on the map and in a list that does the same job. */
export function Live() {
  const { t } = useLocale();
  const live = useLive((state) => state.live);
  const couriers = useMemo(() => (live === null ? noCouriers : courierRows(live)), [live]);
  const orders = useMemo(() => (live === null ? noOrders : orderRows(live)), [live]);
  const [filter, setFilter] = useState(noFilter);
  const [chosen, setChosen] = useState<Chosen>(null);
  const choose = useCallback((kind: "courier" | "order", id: string) => setChosen({ kind, id }), []);

  const shown = useMemo(() => {
    const kept = <R extends CourierRow | OrderRow>(rows: readonly R[]) =>
      rows.filter((row) => row.id === chosen?.id || passes(row, filter));
    return { couriers: kept(couriers), orders: kept(orders) };
  }, [couriers, orders, filter, chosen]);
  const features = useLiveMap(shown.couriers, shown.orders, chosen);
  const row =
    chosen === null ? undefined : (chosen.kind === "courier" ? couriers : orders).find(({ id }) => id === chosen.id);
  const list = useRef<HTMLDivElement>(null);
  const close = useCallback(() => {
    setChosen(null);
    // Back to where one came from, once it is there again.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[role=listbox]")?.focus());
  }, []);
  const [onRoads, setOnRoads] = useState(false);
  const roads = useRoads(onRoads);
  const toggle = useRef<HTMLButtonElement>(null);
  const leaveRoads = useCallback(() => {
    setOnRoads(false);
    toggle.current?.focus();
  }, []);
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });

  return (
    <div className={classes.screen}>
      <h1 className="mp-unseen">{t("live.title")}</h1>
      <div className={classes.bar}>
        <Counters />
        <ClockControls />
      </div>
      <section className={classes.map} aria-label={t("live.map")}>
        <CityMap label={t("live.map")}>
          {onRoads ? (
            <RoadLayers roads={roads} />
          ) : (
            <>
              <LiveLayers features={features} choose={choose} />
              <Fly to={row} />
            </>
          )}
        </CityMap>
        <Button
          ref={toggle}
          className={roadClasses.toggle}
          variant={onRoads ? "filled" : "default"}
          aria-pressed={onRoads}
          leftSection={<IconRoad size={16} aria-hidden />}
          onClick={() => setOnRoads(!onRoads)}
        >
          {t("roads.title")}
        </Button>
        {!onRoads && <Legend closed={!wide} />}
      </section>
      <aside className={classes.side} aria-label={onRoads ? t("roads.title") : t("live.side")}>
        {onRoads && <RoadsPanel roads={roads} close={leaveRoads} />}
        {chosen !== null && !onRoads && (
          <ChosenPanel chosen={chosen} row={row} couriers={couriers} orders={orders} choose={choose} close={close} />
        )}
        <div ref={list} className={classes.list} hidden={chosen !== null || onRoads}>
          <LiveList
            waiting={live === null}
            couriers={couriers}
            orders={orders}
            filter={filter}
            setFilter={setFilter}
            choose={choose}
          />
        </div>
      </aside>
    </div>
  );
}
