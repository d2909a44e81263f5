import type { OrderRequest, PlaceRequest } from "../../journey/intake/index.ts";
import { grams, liters } from "../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import type { Tender, TenderStop } from "./messages.ts";
import type { KnownPlace } from "./partners.ts";

/** Why a load makes no orders: one sentence, which goes into the 990. */
export interface LoadRefusal {
  readonly code: "EDI_LOAD_UNUSABLE";
  readonly why: string;
}
const unusable = (why: string): { readonly ok: false; readonly refusal: LoadRefusal } =>
  refuse({ code: "EDI_LOAD_UNUSABLE", why });

const mostParcels = 100;

/** The reference of an order within a load: the load's own number, and the stop's where the load is several orders. */
const referenceOf = (load: string, stop: number | null): string => (stop === null ? load : `${load}/${stop}`);
/** The load's number in an order's reference. */
export const loadOf = (reference: string): string => reference.replace(/\/\d+$/, "");

/**
 * A load as orders: one for each pair of a loading and an unloading stop. With one loading stop every drop-off is an order from there, with
 * one unloading stop every pickup is one to there; with several of both, stops belong together that share a reference number.
 */
export function ordersOf(
  { load, stops, references }: Tender,
  places: Readonly<Record<string, KnownPlace>>,
): Result<readonly OrderRequest[], LoadRefusal> {
  const pairs = pairsOf(stops);
  if (!pairs.ok) return pairs;
  const requests: OrderRequest[] = [];
  const isOne = pairs.value.length === 1;
  const byDrop = stops.filter(({ kind }) => kind === "dropoff").length === pairs.value.length;
  for (const [pickup, dropoff] of pairs.value) {
    const parcels = parcelsOf(pickup, dropoff, isOne || !byDrop);
    if (!parcels.ok) return parcels;
    const notes = references.length > 0 ? references.map(({ qualifier, value }) => `${qualifier} ${value}`.trim()) : [];
    requests.push({
      reference: referenceOf(load, isOne ? null : (byDrop ? dropoff : pickup).number),
      pickup: placeOf(pickup, places, notes.join(", ").slice(0, 300) || null),
      dropoff: placeOf(dropoff, places, null),
      pickupWindow: pickup.window,
      dropoffWindow: dropoff.window,
      readyAt: pickup.window.earliest,
      parcels: parcels.value,
      value: null,
      requirements: [],
      serviceLevel: null,
      ifUndeliverable: "return",
    });
  }
  return ok(requests);
}

type Pair = readonly [pickup: TenderStop, dropoff: TenderStop];

function pairsOf(stops: readonly TenderStop[]): Result<readonly Pair[], LoadRefusal> {
  const pickups = stops.filter(({ kind }) => kind === "pickup");
  const drops = stops.filter(({ kind }) => kind === "dropoff");
  if (pickups.length === 0 || drops.length === 0) return unusable("it has no stop to load at, or none to unload at");
  if (pickups.length === 1) return ok(drops.map((drop): Pair => [pickups[0]!, drop]));
  if (drops.length === 1) return ok(pickups.map((pickup): Pair => [pickup, drops[0]!]));
  const pairs: Pair[] = [];
  for (const drop of drops) {
    const shared = pickups.filter((pickup) =>
      pickup.references.some(({ value }) => drop.references.some((one) => one.value === value)),
    );
    if (shared.length !== 1)
      return unusable(
        `stop ${drop.number} shares a reference with ${shared.length} of the stops that load: give it one, with one`,
      );
    pairs.push([shared[0]!, drop]);
  }
  const idle = pickups.find((pickup) => !pairs.some(([used]) => used === pickup));
  return idle ? unusable(`stop ${idle.number} loads what no stop unloads`) : ok(pairs);
}

/** What the drop-off says of the goods; where the pickup is this order's alone, what that says stands in for it. */
function parcelsOf(
  pickup: TenderStop,
  dropoff: TenderStop,
  pickupIsOwn: boolean,
): Result<OrderRequest["parcels"], LoadRefusal> {
  const own = pickupIsOwn ? pickup : null;
  const weight = dropoff.weight ?? own?.weight;
  const quantity = dropoff.quantity ?? own?.quantity ?? 1;
  const volume = dropoff.volume ?? own?.volume ?? quantity;
  const contents = dropoff.contents ?? own?.contents ?? null;
  if (weight === null || weight === undefined) return unusable(`stop ${dropoff.number} gives no weight`);
  if (quantity > mostParcels) return unusable(`stop ${dropoff.number} has more than ${mostParcels} pieces`);
  const parcel = {
    weight: grams(Math.ceil(weight / quantity)),
    volume: liters(Math.ceil(volume / quantity)),
    contents,
  };
  return ok(Array.from({ length: quantity }, () => parcel));
}

function placeOf(
  { party, notes, number }: TenderStop,
  places: Readonly<Record<string, KnownPlace>>,
  otherNotes: string | null,
): PlaceRequest {
  const known = party.code !== null && Object.hasOwn(places, party.code) ? places[party.code] : undefined;
  return {
    name: party.name || known?.name || `stop ${number}`,
    phone: party.phone ?? known?.phone ?? null,
    email: null,
    address: known?.address ?? party.address,
    point: known?.point ?? party.point,
    notes: notes ?? otherNotes,
  };
}
