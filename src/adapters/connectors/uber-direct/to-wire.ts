import { mayBeLeft, type Order, type TimeWindow } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { after, later, minutes, toIso, type Instant } from "../../../kernel/quantity.ts";
import { cutAddress } from "../shared/address.ts";
import { dialable } from "../shared/phone.ts";
import type { UberSettings } from "./settings.ts";
import type { CreateBody, ManifestItem, QuoteBody, Verification } from "./wire.ts";

/** The rules of §4.1, with a minute on top for the way to Uber. */
const readyLead = minutes(11);
const pickupSpan = minutes(10);
const pickupLead = minutes(21);
const dropoffSpan = minutes(20);
/** Notes are cut by us, at the length that Uber allows. */
const noteLength = 280;

export function toQuote(errand: Errand, now: Instant, settings: UberSettings): QuoteBody {
  const { pickup, dropoff, leg, goods } = errand;
  return {
    pickup_address: addressText(pickup.address, leg.from.jurisdiction, settings),
    dropoff_address: addressText(dropoff.address, leg.to.jurisdiction, settings),
    pickup_latitude: pickup.point[1],
    pickup_longitude: pickup.point[0],
    dropoff_latitude: dropoff.point[1],
    dropoff_longitude: dropoff.point[0],
    pickup_phone_number: dialable(pickup.phone, settings.fallbackPhone),
    dropoff_phone_number: dialable(dropoff.phone, settings.fallbackPhone),
    ...times(errand, now),
    ...(goods.value ? { manifest_total_value: goods.value.amount } : {}),
  };
}

export function toCreate(errand: Errand, quote: string, now: Instant, settings: UberSettings): CreateBody {
  const { key, order, pickup, dropoff } = errand;
  const verification = toVerification(order, settings);
  return {
    ...toQuote(errand, now, settings),
    quote_id: quote,
    external_id: key,
    manifest_reference: key,
    idempotency_key: key,
    pickup_name: pickup.name,
    dropoff_name: dropoff.name,
    ...(pickup.notes ? { pickup_notes: pickup.notes.slice(0, noteLength) } : {}),
    ...(dropoff.notes ? { dropoff_notes: dropoff.notes.slice(0, noteLength) } : {}),
    manifest_items: toItems(errand),
    deliverable_action: "deliverable_action_meet_at_door",
    undeliverable_action: mayBeLeft(order) ? "leave_at_door" : "return",
    ...(verification ? { dropoff_verification: verification } : {}),
  };
}

/** All that Uber's page lets us change of what we sent (§4.3). */
export const toChanges = ({ notes }: Errand["dropoff"]) => ({ dropoff_notes: (notes ?? "").slice(0, noteLength) });

/**
 * The address as Uber wants it: a string that holds JSON. Our line is cut at its commas: first the street, last a town with its postcode;
 * the coordinates beside it decide where that is. `line` sends it as it stands (§4.1 allows both, but the same in quote and create).
 */
export function addressText(line: string, jurisdiction: string, { addressForm }: UberSettings): string {
  if (addressForm === "line") return line;
  const { street, town, postcode } = cutAddress(line);
  return JSON.stringify({
    street_address: [street],
    city: town,
    state: "",
    zip_code: postcode,
    country: jurisdiction.slice(0, 2),
  });
}

/** Our windows, stretched where §4.1 asks for more: the quote then says when the courier would be there. */
function times({ leg }: Errand, now: Instant): Partial<QuoteBody> {
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  const stated = ready >= after(now, readyLead) ? ready : null;
  const floor = later(after(stated ?? now, pickupSpan), after(now, pickupLead));
  const opening = future(leg.dropoffWindow, now);
  const latest = leg.pickupWindow.latest ?? opening;
  const deadline = latest === null ? null : later(latest, floor);
  const dropoffReady = opening !== null && deadline !== null && opening <= deadline ? opening : null;
  const dropoffLatest = leg.dropoffWindow.latest;
  const bounds = [after(dropoffReady ?? now, dropoffSpan), deadline ?? now];
  const dropoffDeadline = dropoffLatest === null ? null : bounds.reduce(later, dropoffLatest);
  return {
    ...(stated ? { pickup_ready_dt: toIso(stated) } : {}),
    ...(deadline ? { pickup_deadline_dt: toIso(deadline) } : {}),
    ...(dropoffReady ? { dropoff_ready_dt: toIso(dropoffReady) } : {}),
    ...(dropoffDeadline ? { dropoff_deadline_dt: toIso(dropoffDeadline) } : {}),
  };
}

const future = ({ earliest }: TimeWindow, now: Instant): Instant | null =>
  earliest !== null && earliest > now ? earliest : null;

function toItems({ leg, order, goods }: Errand): readonly ManifestItem[] {
  return order.parcels
    .filter(({ id }) => leg.parcels.includes(id))
    .map(({ weight, volume }, nth) => ({
      name: goods.contents[nth] ?? `Parcel ${nth + 1}`,
      quantity: 1,
      size: volume <= 12 ? "small" : volume <= 40 ? "medium" : volume <= 120 ? "large" : "xlarge",
      weight: Math.max(1, weight),
    }));
}

/** What the courier must collect at the door; a picture where the order asks for nothing, so that each delivery has a proof. */
function toVerification({ requirements }: Order, settings: UberSettings): Verification | null {
  const wanted: Verification = {
    ...(requirements.includes("signature")
      ? { signature_requirement: { enabled: true, collect_signer_name: true } }
      : {}),
    ...(requirements.includes("age_check") ? { identification: { min_age: settings.minimumAge } } : {}),
    ...(requirements.includes("pin") ? { pincode: { enabled: true } } : {}),
    ...(requirements.includes("photo") ? { picture: true } : {}),
  };
  if (Object.keys(wanted).length > 0) return wanted;
  return settings.pictureByDefault ? { picture: true } : null;
}
