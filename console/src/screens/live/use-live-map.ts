import type { Feature } from "geojson";
import { useMemo } from "react";
import { useLive } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import type { WayOf } from "../../map/gliding.ts";
import { useCarrierLooks } from "../../parts/use-carrier-looks.ts";
import { carrierFeatures, chosenLine, courierFeatures, placeFeatures, wayFeatures } from "./live-features.ts";
import type { Chosen, CourierRow, OrderRow } from "./live-model.ts";

export interface LiveMap {
  readonly couriers: readonly Feature[];
  readonly carriers: readonly Feature[];
  readonly ways: readonly Feature[];
  readonly places: readonly Feature[];
  readonly line: readonly Feature[];
  /** The road that a courier follows. */
  readonly wayOf: WayOf;
}

/** What lies on the map for these rows. */
export function useLiveMap(couriers: readonly CourierRow[], orders: readonly OrderRow[], chosen: Chosen): LiveMap {
  const { f } = useLocale();
  const looks = useCarrierLooks();
  const ways = useLive((state) => state.ways);
  return useMemo(() => {
    const row = chosen?.kind === "order" ? orders.find(({ id }) => id === chosen.id) : undefined;
    const courier = couriers.find(({ id }) => id === row?.leg.courier);
    const shifts = new Map<string, string>(couriers.map(({ id, courier }) => [id, courier.shift]));
    return {
      wayOf: (id) => ways.get(shifts.get(id) ?? "")?.way,
      couriers: courierFeatures(couriers, looks, chosen, f.age),
      carriers: carrierFeatures(orders, looks, chosen, f.age),
      ways: wayFeatures(couriers, ways, looks, chosen),
      places: placeFeatures(orders, looks, chosen),
      line: chosenLine(row, courier),
    };
  }, [couriers, orders, chosen, looks, ways, f]);
}
