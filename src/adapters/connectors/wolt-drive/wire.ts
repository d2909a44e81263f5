import type { Point } from "../../../kernel/point.ts";
import { object, objects, pointIn, text, type Json } from "../shared/reading.ts";

interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

interface ParcelBody {
  readonly count: number;
  readonly description: string;
  readonly dimensions: {
    readonly weight_gram: number;
    readonly width_cm: number;
    readonly height_cm: number;
    readonly depth_cm: number;
  };
  readonly dropoff_restrictions: { readonly id_check_required: boolean };
}

/** Body of `POST /v1/venues/{venue_id}/shipment-promises` (§4.1). */
export interface PromiseBody extends Coordinates {
  readonly street: string;
  readonly city?: string;
  readonly post_code?: string;
  readonly min_preparation_time_minutes: number;
  /** Absent when the drop-off is wanted within the next hour. */
  readonly scheduled_dropoff_time?: string;
  readonly parcels: readonly ParcelBody[];
}

/** Body of `POST /v1/venues/{venue_id}/deliveries` (§4.2). Amounts are minor units. */
export interface DeliveryBody {
  readonly shipment_promise_id: string;
  readonly merchant_order_reference_id: string;
  readonly order_number: string;
  readonly pickup: { readonly options: { readonly min_preparation_time_minutes: number }; readonly comment?: string };
  readonly dropoff: {
    readonly location: { readonly coordinates: Coordinates };
    readonly options: { readonly is_no_contact: boolean; readonly scheduled_time?: string };
    readonly comment?: string;
  };
  readonly price: Amount;
  readonly recipient: { readonly name: string; readonly phone_number: string; readonly email?: string };
  readonly parcels: readonly ParcelBody[];
  readonly customer_support: { readonly phone_number: string };
  readonly handshake_delivery?: { readonly is_required: boolean; readonly should_send_sms_to_dropoff_contact: boolean };
}

/** A delivery names itself by `id`; what cancels it, and what webhooks call it, is `wolt_order_reference_id`. */
export interface WoltDelivery {
  readonly reference: string;
  readonly status: string;
  readonly all: Json;
}

export function readDelivery(json: Json): WoltDelivery | null {
  const [reference, status] = [text(json, "wolt_order_reference_id"), text(json, "status")];
  return reference !== null && status !== null ? { reference, status, all: json } : null;
}

/** `location.coordinates` of a stop. */
export const placeOf = (json: Json, stop: "pickup" | "dropoff"): Point | null =>
  pointIn(object(object(object(json, stop), "location"), "coordinates"), "lat", "lon");

/** Order endpoints speak of `error_code`, validation of a list of fields. */
export const errorCode = (json: Json): string | null =>
  text(json, "error_code") ?? (objects(json, "detail").length > 0 ? "VALIDATION" : null);

/** The fields that a 422 complains about, by their path. */
export const complaints = (json: Json): readonly string[] =>
  objects(json, "detail").flatMap(({ loc }) => (Array.isArray(loc) ? [loc.map(String).join(".")] : []));
