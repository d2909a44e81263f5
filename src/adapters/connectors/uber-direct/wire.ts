import type { Json } from "../shared/reading.ts";
import { isJson, object, objects, text } from "../shared/reading.ts";

/** A delivery as Uber tells it: read field by field, because any may be missing (reference §5). */
export interface UberDelivery {
  readonly id: string;
  readonly status: string;
  readonly all: Json;
}

/** Body of `POST /delivery_quotes` (§4.1). Times are RFC 3339, money in cents. */
export interface QuoteBody {
  readonly pickup_address: string;
  readonly dropoff_address: string;
  readonly pickup_latitude: number;
  readonly pickup_longitude: number;
  readonly dropoff_latitude: number;
  readonly dropoff_longitude: number;
  readonly pickup_phone_number: string;
  readonly dropoff_phone_number: string;
  readonly pickup_ready_dt?: string;
  readonly pickup_deadline_dt?: string;
  readonly dropoff_ready_dt?: string;
  readonly dropoff_deadline_dt?: string;
  readonly manifest_total_value?: number;
}

export interface ManifestItem {
  readonly name: string;
  readonly quantity: number;
  readonly size: "small" | "medium" | "large" | "xlarge";
  /** Grams, at least 1. */
  readonly weight: number;
}

export interface Verification {
  readonly picture?: boolean;
  readonly signature_requirement?: { readonly enabled: boolean; readonly collect_signer_name: boolean };
  readonly identification?: { readonly min_age: number };
  readonly pincode?: { readonly enabled: boolean };
}

/** Body of `POST /deliveries` (§4.2). */
export interface CreateBody extends QuoteBody {
  readonly quote_id: string;
  readonly external_id: string;
  readonly manifest_reference: string;
  readonly idempotency_key: string;
  readonly pickup_name: string;
  readonly dropoff_name: string;
  readonly pickup_notes?: string;
  readonly dropoff_notes?: string;
  readonly manifest_items: readonly ManifestItem[];
  readonly deliverable_action: "deliverable_action_meet_at_door" | "deliverable_action_leave_at_door";
  readonly undeliverable_action: "return" | "leave_at_door";
  readonly dropoff_verification?: Verification;
}

/** A body with an id and a status is a delivery; anything else is not one. */
export function readDelivery(json: Json): UberDelivery | null {
  const [id, status] = [text(json, "id"), text(json, "status")];
  return id !== null && status !== null ? { id, status, all: json } : null;
}

/** One page of `GET /deliveries`; `more` when the platform names a next one. */
export function readPage(json: Json): { readonly deliveries: readonly UberDelivery[]; readonly more: boolean } | null {
  if (!Array.isArray(json["data"])) return null;
  const deliveries = objects(json, "data")
    .map(readDelivery)
    .filter((delivery) => delivery !== null);
  return { deliveries, more: text(json, "next_href") !== null && deliveries.length > 0 };
}

/** The delivery inside a webhook: `data`, with what only the envelope says (§7). */
export function readEnvelope(json: Json): UberDelivery | null {
  const data = object(json, "data");
  return readDelivery({
    ...data,
    id: text(data, "id") ?? text(json, "delivery_id"),
    status: text(json, "status") ?? text(data, "status"),
  });
}

/** The linked delivery of a kind: a return's original, an original's return (§6). */
export function related(delivery: UberDelivery, relationship: "original" | "return"): string | null {
  const link = objects(delivery.all, "related_deliveries").find((one) => text(one, "relationship") === relationship);
  return link ? text(link, "id") : null;
}

/** Names of the fields that `metadata` complains about; its texts may hold an address, so they are left. */
export function complaints(json: Json): readonly string[] {
  const metadata = json["metadata"];
  return isJson(metadata) ? Object.keys(metadata).slice(0, 6) : [];
}
