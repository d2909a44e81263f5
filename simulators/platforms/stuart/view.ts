import type { Point } from "../../../src/kernel/point.ts";
import type { Instant } from "../../../src/kernel/quantity.ts";
import { minor } from "../../../src/kernel/quantity.ts";
import type { Zone } from "../../../src/kernel/local-time.ts";
import { majorOf } from "../shared/amounts.ts";
import type { JsonObject } from "../shared/json.ts";
import { toLocalIso } from "../shared/local-iso.ts";
import type { StuartJob } from "./job.ts";
import type { Settings } from "./options.ts";
import type { StopRequest } from "./request.ts";

/** What a view needs to know beside the job. */
export interface Frame {
  readonly settings: Settings;
  readonly zone: Zone;
}

const iso = (at: Instant | null, { zone }: Frame): string | null => (at === null ? null : toLocalIso(at, zone));

/** The REST shape of a job; webhooks have one of their own. Distance in kilometres, duration in minutes. */
export function jobView(job: StuartJob, frame: Frame): JsonObject {
  const { request, offer, status } = job;
  return {
    id: job.ids.job,
    created_at: iso(status.created, frame),
    status: status.state,
    package_type: request.packageType,
    transport_type: request.transportType,
    assignment_code: request.assignmentCode,
    pickup_at: iso(request.pickupAt, frame),
    dropoff_at: iso(request.dropoffAt, frame),
    ended_at: iso(job.over ? status.updated : null, frame),
    comment: null,
    distance: Math.round(offer.meters / 10) / 100,
    duration: Math.ceil(offer.seconds / 60),
    traveled_time: 0,
    traveled_distance: 0,
    deliveries: [deliveryView(job, frame)],
    driver: driverView(job, frame),
    pricing: pricingView(job, frame),
    rating: null,
  };
}

function deliveryView(job: StuartJob, frame: Frame): JsonObject {
  const { request, offer, delivery, cancellation, ids } = job;
  const proof = `${frame.settings.publicUrl}/proofs/${ids.delivery}`;
  const delivered = delivery.state === "delivered";
  return {
    id: ids.delivery,
    status: delivery.state,
    picked_at: iso(delivery.reached("delivering"), frame),
    delivered_at: iso(delivery.reached("delivered"), frame),
    tracking_url: trackingUrl(job, frame),
    client_reference: request.clientReference,
    package_description: request.packageDescription,
    package_type: request.packageType,
    fleet_ids: [1],
    pickup: stopView(ids.pickup, request.pickup, offer.pickup),
    dropoff: stopView(ids.dropoff, request.dropoff, offer.dropoff),
    cancellation: cancellation ?? { canceled_by: null, reason_key: null, comment: null },
    eta: { pickup: iso(job.pickupEta, frame), dropoff: iso(job.dropoffEta, frame) },
    proof: { signature_url: null },
    package_image_url: delivered ? `${proof}/package.png` : null,
    proof_of_delivery_url: delivered ? `${proof}/proof.png` : null,
  };
}

export const trackingUrl = ({ ids }: StuartJob, { settings }: Frame): string =>
  `${settings.publicUrl}/tracking/${ids.delivery}`;

/** A company comes in as `company` and goes out as `company_name`. */
function stopView(id: number, stop: StopRequest, [longitude, latitude]: Point): JsonObject {
  const { company, ...contact } = stop.contact;
  const [street = "", city = "", postcode = ""] = stop.address.split(",").map((part) => part.trim());
  return {
    id,
    address: { street, postcode, city, zone: null, country: null, formatted_address: stop.address },
    latitude,
    longitude,
    comment: stop.comment,
    contact: { ...contact, company_name: company },
    access_codes: stop.accessCodes,
  };
}

function driverView({ driver, location }: StuartJob, { settings }: Frame): JsonObject | null {
  if (driver === null) return null;
  const [longitude, latitude] = location ?? [null, null];
  return { ...driver, picture_url: `${settings.publicUrl}/couriers/${driver.id}.png`, latitude, longitude };
}

function pricingView({ offer, currency }: StuartJob, { settings }: Frame): JsonObject {
  const tax = minor(Math.round(offer.price * settings.taxShare));
  return {
    price_tax_included: majorOf(minor(offer.price + tax), currency),
    price_tax_excluded: majorOf(offer.price, currency),
    tax_amount: majorOf(tax, currency),
    tax_percentage: settings.taxShare,
    currency,
    invoice_url: null,
  };
}
