import type { OrderBody, OrderView } from "../../../../src/doors/api/contract.ts";
import { instantAt } from "../../parts/local-time.ts";

/** One end of an order as the form holds it. */
export interface PlaceDraft {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  /** Set by a suggestion or by the pin; null: the server searches the address. */
  readonly point: readonly [number, number] | null;
  readonly notes: string;
}

/** The form of a new order. Times are wall-clock values in the city's zone, weight and volume as typed. */
export interface OrderDraft {
  readonly reference: string;
  readonly pickup: PlaceDraft;
  readonly dropoff: PlaceDraft;
  readonly earliest: string;
  readonly latest: string;
  readonly parcels: readonly { readonly kilograms: number; readonly liters: number; readonly contents: string }[];
  readonly requirements: OrderView["requirements"];
  readonly ifUndeliverable: OrderView["ifUndeliverable"];
}

const noPlace: PlaceDraft = { name: "", phone: "", address: "", point: null, notes: "" };

export const emptyDraft: OrderDraft = {
  reference: "",
  pickup: noPlace,
  dropoff: noPlace,
  earliest: "",
  latest: "",
  parcels: [{ kilograms: 1, liters: 5, contents: "" }],
  requirements: [],
  ifUndeliverable: "return",
};

/** A new order like an old one: places, parcels and needs; not its reference and not its times. */
export function draftLike(order: OrderView): OrderDraft {
  const place = ({ contact, point }: OrderView["pickup"]): PlaceDraft => ({
    name: contact?.name ?? "",
    phone: contact?.phone ?? "",
    address: contact?.address ?? "",
    point,
    notes: contact?.notes ?? "",
  });
  return {
    ...emptyDraft,
    pickup: place(order.pickup),
    dropoff: place(order.dropoff),
    parcels: order.parcels.map(({ weightGrams, volumeLiters }, i) => ({
      kilograms: weightGrams / 1000,
      liters: volumeLiters,
      contents: order.goods?.contents[i] ?? "",
    })),
    requirements: order.requirements,
    ifUndeliverable: order.ifUndeliverable,
  };
}

/** Enough is known to ask for a price. */
export const canBePriced = ({ pickup, dropoff, parcels }: OrderDraft): boolean =>
  [pickup, dropoff].every(({ point, address }) => point !== null || address.trim().length > 3) && parcels.length > 0;

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** The request that the draft stands for. A place without a name is called by its address. */
export function bodyOf(draft: OrderDraft, zone: string): OrderBody {
  const place = ({ name, phone, address, point, notes }: PlaceDraft): OrderBody["pickup"] => ({
    name: orNull(name) ?? orNull(address) ?? "?",
    phone: orNull(phone),
    address: orNull(address),
    point: point === null ? null : [point[0], point[1]],
    notes: orNull(notes),
  });
  return {
    reference: orNull(draft.reference),
    pickup: place(draft.pickup),
    dropoff: place(draft.dropoff),
    dropoffWindow: { earliest: instantAt(draft.earliest, zone), latest: instantAt(draft.latest, zone) },
    parcels: draft.parcels.map(({ kilograms, liters, contents }) => ({
      weightGrams: Math.round(kilograms * 1000),
      volumeLiters: Math.max(0, Math.ceil(liters)),
      contents: orNull(contents),
    })),
    requirements: [...draft.requirements],
    ifUndeliverable: draft.ifUndeliverable,
  };
}
