import { text, type Json } from "../shared/reading.ts";

/** A delivery as DoorDash tells it; quotes have the same shape (reference §5). */
export interface DoorDashDelivery {
  readonly id: string;
  readonly status: string;
  readonly all: Json;
}

export interface Item {
  readonly name: string;
  readonly quantity: number;
  /** Pounds. */
  readonly weight: number;
  /** Cubic feet. */
  readonly volume: number;
}

interface Span {
  readonly start_time: string;
  readonly end_time: string;
}

/** Body of `POST /drive/v2/quotes` and `/deliveries` (§4.1). Times are UTC, money in cents. */
export interface DeliveryBody {
  readonly external_delivery_id: string;
  readonly pickup_address: string;
  readonly pickup_business_name: string;
  readonly pickup_phone_number: string;
  readonly pickup_instructions?: string;
  readonly pickup_reference_tag?: string;
  readonly dropoff_address: string;
  readonly dropoff_location: { readonly lat: number; readonly lng: number };
  readonly dropoff_phone_number: string;
  readonly dropoff_contact_given_name: string;
  readonly dropoff_contact_family_name?: string;
  readonly dropoff_instructions?: string;
  readonly dropoff_options: {
    readonly signature: "required" | "none";
    readonly id_verification: "required" | "none";
    readonly proof_of_delivery: "photo_required" | "pin_code" | "none";
  };
  readonly dropoff_pin_code_verification_metadata?: { readonly pin_code_type: "random_number" };
  readonly order_value?: number;
  readonly items: readonly Item[];
  readonly pickup_time?: string;
  readonly dropoff_time?: string;
  readonly pickup_window?: Span;
  readonly dropoff_window?: Span;
  readonly contactless_dropoff?: boolean;
  readonly action_if_undeliverable: "return_to_pickup";
  readonly dasher_allowed_vehicles?: readonly string[];
}

/** A body with our id and a status is a delivery; anything else is not one. */
export function readDelivery(json: Json): DoorDashDelivery | null {
  const [id, status] = [text(json, "external_delivery_id"), text(json, "delivery_status")];
  return id !== null && status !== null ? { id, status, all: json } : null;
}
