import { idText, object, text, type Json } from "../shared/reading.ts";

/** A parcel as Glovo tells it (reference §5). */
export interface GlovoParcel {
  readonly id: string;
  readonly state: string;
  readonly all: Json;
}

/** Body of `POST /v2/laas/quotes` (§4). */
export interface QuoteBody {
  readonly pickupDetails: { readonly addressBook: { readonly id: string }; readonly pickupTime?: string };
  readonly deliveryAddress: {
    readonly rawAddress: string;
    readonly coordinates: { readonly latitude: number; readonly longitude: number };
    readonly details?: string;
  };
}

interface Amount {
  readonly currencyCode: string;
  readonly value: number;
}

/** Body of `POST /v2/laas/quotes/{quoteId}/parcels` (§4). */
export interface ConfirmBody {
  readonly contact: { readonly name: string; readonly phone: string; readonly email?: string };
  readonly packageDetails: {
    readonly contentType: string;
    readonly description: string;
    readonly parcelValue?: number;
    readonly weight: number;
  };
  readonly pickupDetails: { readonly pickupOrderCode: string };
  readonly price?: { readonly paymentType: "PAID"; readonly delivery: Amount; readonly parcel: Amount };
}

export function readParcel(json: Json): GlovoParcel | null {
  const [id, state] = [idText(json, "trackingNumber"), text(object(json, "status"), "state") ?? text(json, "state")];
  return id !== null && state !== null ? { id, state, all: json } : null;
}

/** An ISO 8601 duration of days, hours, minutes and seconds, in milliseconds; null when it is none. */
export function duration_ms(from: Json, field: string): number | null {
  const read = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(text(from, field) ?? "");
  if (!read || !/\d/.test(read[0])) return null;
  const [days, hours, minutes, seconds] = read.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
