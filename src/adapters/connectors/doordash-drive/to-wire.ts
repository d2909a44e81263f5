import { mayBeLeft, type OrderChange } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { toIso, type Instant } from "../../../kernel/quantity.ts";
import { dialable } from "../shared/phone.ts";
import type { DoorDashSettings } from "./settings.ts";
import type { DeliveryBody, Item } from "./wire.ts";

/** Exact by definition of the pound and of the foot. */
const gramsPerPound = 453.592_37;
const litersPerCubicFoot = 28.316_846_592;
/** The most that an item may weigh or fill, in either unit. */
const most = 999.999;

/** The same body quotes and creates. */
export function toDelivery(errand: Errand, now: Instant, settings: DoorDashSettings): DeliveryBody {
  const { key, order, pickup, dropoff, goods } = errand;
  const wants = (what: (typeof order.requirements)[number]): boolean => order.requirements.includes(what);
  const photo = wants("photo") || (settings.photoByDefault && !wants("signature") && !wants("age_check"));
  return {
    external_delivery_id: key,
    pickup_address: pickup.address,
    pickup_business_name: pickup.name,
    pickup_phone_number: dialable(pickup.phone, settings.fallbackPhone),
    ...(pickup.notes ? { pickup_instructions: pickup.notes } : {}),
    ...(order.reference ? { pickup_reference_tag: order.reference } : {}),
    dropoff_address: dropoff.address,
    dropoff_location: { lat: dropoff.point[1], lng: dropoff.point[0] },
    dropoff_phone_number: dialable(dropoff.phone, settings.fallbackPhone),
    ...toName(dropoff.name),
    ...(dropoff.notes ? { dropoff_instructions: dropoff.notes } : {}),
    dropoff_options: {
      signature: wants("signature") ? "required" : "none",
      id_verification: wants("age_check") ? "required" : "none",
      proof_of_delivery: wants("pin") ? "pin_code" : photo ? "photo_required" : "none",
    },
    ...(wants("pin") ? { dropoff_pin_code_verification_metadata: { pin_code_type: "random_number" } as const } : {}),
    ...(goods.value ? { order_value: Math.max(0, goods.value.amount) } : {}),
    items: toItems(errand),
    ...times(errand, now),
    ...(mayBeLeft(order) ? { contactless_dropoff: true } : {}),
    // Never `dispose`: leaving it safe is tried first, and what cannot be left comes back.
    action_if_undeliverable: "return_to_pickup",
    ...(settings.vehicles ? { dasher_allowed_vehicles: settings.vehicles } : {}),
  };
}

/** The fields that say what was changed (§4.3): PATCH leaves the others as they are. */
export function toChanges(
  errand: Errand,
  changes: readonly OrderChange[],
  now: Instant,
  { fallbackPhone }: DoorDashSettings,
): Partial<DeliveryBody> {
  const { phone, notes } = errand.dropoff;
  const timed = changes.includes("readyAt") || changes.includes("dropoffWindow");
  return {
    ...(changes.includes("dropoffNotes") ? { dropoff_instructions: notes ?? "" } : {}),
    ...(changes.includes("dropoffPhone") ? { dropoff_phone_number: dialable(phone, fallbackPhone) } : {}),
    ...(timed ? times(errand, now) : {}),
  };
}

/** First word and the rest; the characters that DoorDash's pattern forbids are left out. */
function toName(name: string): Pick<DeliveryBody, "dropoff_contact_given_name" | "dropoff_contact_family_name"> {
  const [given = "Recipient", ...family] = name
    .replaceAll(/[~`@#$%^&*+=?;[\]{}]/g, " ")
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  return {
    dropoff_contact_given_name: given,
    ...(family.length > 0 ? { dropoff_contact_family_name: family.join(" ") } : {}),
  };
}

function toItems({ leg, order, goods }: Errand): readonly Item[] {
  return order.parcels
    .filter(({ id }) => leg.parcels.includes(id))
    .map(({ weight, volume }, nth) => ({
      name: (goods.contents[nth] ?? `Parcel ${nth + 1}`).slice(0, 100),
      quantity: 1,
      weight: measure(weight / gramsPerPound),
      volume: measure(volume / litersPerCubicFoot),
    }));
}

const measure = (value: number): number => Math.min(most, Math.ceil(value * 1000) / 1000);

/** Windows where all four ends are known (fewer are ignored, §4.1); else one wish: the drop-off's, where it lies ahead, or the pickup's. */
function times({ leg }: Errand, now: Instant): Partial<DeliveryBody> {
  const ready = Math.max(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt, now) as Instant;
  const [pickupEnd, { earliest, latest }] = [leg.pickupWindow.latest, leg.dropoffWindow];
  if (pickupEnd !== null && earliest !== null && latest !== null && pickupEnd > ready && latest > now) {
    return {
      pickup_window: { start_time: toIso(ready), end_time: toIso(pickupEnd) },
      dropoff_window: { start_time: toIso(Math.max(earliest, now) as Instant), end_time: toIso(latest) },
    };
  }
  // The middle of the window: a minute early is as wrong as a minute late.
  if (earliest !== null && earliest > now)
    return { dropoff_time: toIso(Math.round((earliest + (latest ?? earliest)) / 2) as Instant) };
  return ready > now ? { pickup_time: toIso(ready) } : {};
}
