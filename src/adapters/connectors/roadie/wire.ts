import { idText, text, type Json } from "../shared/reading.ts";

/** A shipment as Roadie tells it (reference §5). */
export interface RoadieShipment {
  readonly id: string;
  readonly state: string;
  readonly all: Json;
}

interface LocationBody {
  readonly address: {
    readonly name: string;
    readonly street1: string;
    readonly city: string;
    readonly state: string;
    readonly zip: string;
    readonly latitude: number;
    readonly longitude: number;
  };
  readonly contact: { readonly name: string; readonly phone: string };
  readonly notes?: string;
}

/** Body of `POST /v1/estimates` (§4). */
export interface EstimateBody {
  readonly items: readonly {
    /** Inches, pounds and dollars. */
    readonly length: number;
    readonly width: number;
    readonly height: number;
    readonly weight: number;
    readonly value: number;
    readonly quantity: number;
    readonly description: string;
  }[];
  readonly pickup_location: LocationBody;
  readonly delivery_location: LocationBody;
  readonly pickup_after: string;
  readonly deliver_between: { readonly start: string; readonly end: string };
}

/** Body of `POST /v1/shipments` (§4). */
export interface ShipmentBody extends EstimateBody {
  readonly reference_id: string;
  readonly idempotency_key: string;
  readonly description: string;
  readonly options: {
    readonly signature_required: boolean;
    readonly notifications_enabled: boolean;
    readonly over_21_required: boolean;
  };
}

export function readShipment(json: Json): RoadieShipment | null {
  const [id, state] = [idText(json, "id"), text(json, "state")];
  return id !== null && state !== null ? { id, state, all: json } : null;
}
