import type { OrderChange, TimeWindow } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { toIso, type Instant } from "../../../kernel/quantity.ts";
import { dialable } from "../shared/phone.ts";

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));
const window = ({ earliest, latest }: TimeWindow) => ({ earliest: isoOrNull(earliest), latest: isoOrNull(latest) });

/** What is to be carried, without whom it is for. */
export function toQuote({ leg, order, pickup, dropoff, goods }: Errand) {
  const stop = ({ address, point }: Errand["pickup"], within: TimeWindow) => ({
    address,
    point: [point[0], point[1]],
    window: window(within),
  });
  return {
    pickup: stop(pickup, leg.pickupWindow),
    dropoff: stop(dropoff, leg.dropoffWindow),
    readyAt: toIso(leg.readyAt),
    parcels: order.parcels
      .filter(({ id }) => leg.parcels.includes(id))
      .map(({ weight, volume }, nth) => ({
        weightGrams: weight,
        volumeLiters: volume,
        contents: goods.contents[nth]?.slice(0, 200) || null,
      })),
    value: goods.value && { amount: goods.value.amount, currency: goods.value.currency },
    requirements: order.requirements,
    ifUndeliverable: order.ifUndeliverable,
  };
}

/** The same with whom the courier meets. */
export function toDelivery(errand: Errand, quote: string, fallbackPhone: string) {
  const { pickup, dropoff, ...rest } = toQuote(errand);
  const person = ({ name, phone, notes }: Errand["pickup"]) => ({
    name: name.slice(0, 200) || "Reception",
    phone: dialable(phone, fallbackPhone),
    notes: notes?.slice(0, 1000) || null,
  });
  return {
    externalId: errand.key,
    quote,
    pickup: { ...pickup, ...person(errand.pickup) },
    dropoff: { ...dropoff, ...person(errand.dropoff) },
    ...rest,
  };
}

/** What was changed, as it is now; all else stays. */
export function toChanges({ leg, dropoff }: Errand, changes: readonly OrderChange[], fallbackPhone: string) {
  const now: Readonly<Record<OrderChange, unknown>> = {
    dropoffNotes: dropoff.notes?.slice(0, 1000) || null,
    dropoffPhone: dialable(dropoff.phone, fallbackPhone),
    readyAt: toIso(leg.readyAt),
    dropoffWindow: window(leg.dropoffWindow),
  };
  return Object.fromEntries(changes.map((change) => [change, now[change]]));
}
