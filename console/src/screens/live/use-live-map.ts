import type { Feature } from "geojson";
import { useMemo } from "react";
import { useLive } from "../../app/live.tsx";
import { useCarrierLooks } from "../../parts/use-carrier-looks.ts";
import { carrierFeatures, chosenLine, courierFeatures, placeFeatures, wayFeatures } from "./live-features.ts";
import { trustOf, type Chosen, type CourierRow, type OrderRow } from "./live-model.ts";

export interface LiveMap {
  readonly couriers: readonly Feature[];
  readonly carriers: readonly Feature[];
  readonly ways: readonly Feature[];
  readonly places: readonly Feature[];
  readonly line: readonly Feature[];
}

/** What lies on the map for these rows. */
export function useLiveMap(couriers: readonly CourierRow[], orders: readonly OrderRow[], chosen: Chosen): LiveMap {
  const looks = useCarrierLooks();
  const ways = useLive((state) => state.ways);
  return useMemo(() => {
    const row = chosen?.kind === "order" ? orders.find(({ id }) => id === chosen.id) : undefined;
    const courier = couriers.find(({ id }) => id === row?.leg.courier);
    return {
      couriers: courierFeatures(couriers, looks, chosen),
      carriers: carrierFeatures(orders, looks, trustOf, chosen),
      ways: wayFeatures(couriers, ways, looks, chosen),
      places: placeFeatures(orders, looks, chosen),
      line: chosenLine(row, courier),
    };
  }, [couriers, orders, chosen, looks, ways]);
}
