import { text, type Json } from "../shared/reading.ts";

/** A delivery as Grab tells it, in an answer or a webhook (reference §5, §7). */
export interface GrabDelivery {
  readonly id: string;
  readonly status: string;
  readonly all: Json;
}

interface PlaceBody {
  readonly address: string;
  readonly coordinates: { readonly latitude: number; readonly longitude: number };
}

interface PersonBody {
  readonly firstName: string;
  readonly lastName?: string;
  /** E.164 without its plus. */
  readonly phone: string;
  readonly email?: string;
  readonly smsEnabled: boolean;
  readonly instruction?: string;
}

/** Body of `POST /v1/deliveries/quotes` (§4). */
export interface QuoteBody {
  readonly serviceType: string;
  readonly vehicleType: string;
  readonly packages: readonly {
    readonly name: string;
    readonly description: string;
    readonly quantity: number;
    /** Whole centimetres and grams. */
    readonly dimensions: {
      readonly height: number;
      readonly width: number;
      readonly depth: number;
      readonly weight: number;
    };
  }[];
  readonly origin: PlaceBody;
  readonly destination: PlaceBody;
}

/** Body of `POST /v1/deliveries` (§4). */
export interface DeliveryBody extends QuoteBody {
  readonly merchantOrderID: string;
  readonly paymentMethod: "CASHLESS";
  readonly payer: "SENDER";
  readonly sender: PersonBody;
  readonly recipient: PersonBody;
  readonly schedule?: { readonly pickupTimeFrom: string; readonly pickupTimeTo: string };
}

export function readDelivery(json: Json): GrabDelivery | null {
  const [id, status] = [text(json, "deliveryID"), text(json, "status")];
  return id !== null && status !== null ? { id, status, all: json } : null;
}
