import { number, objects, text, type Json } from "../shared/reading.ts";

/** A claim as Yango tells it (reference §5). */
export interface YangoClaim {
  readonly id: string;
  readonly status: string;
  /** Grows with every edit: who accepts or cancels names the one that was read. */
  readonly version: number;
  readonly all: Json;
}

interface ItemBody {
  readonly title: string;
  readonly quantity: number;
  readonly cost_value: string;
  readonly cost_currency: string;
  readonly pickup_point: number;
  readonly dropoff_point: number;
  /** Kilograms and metres. */
  readonly weight: number;
  readonly size: { readonly length: number; readonly width: number; readonly height: number };
}

interface PointBody {
  readonly point_id: number;
  readonly visit_order: number;
  readonly type: "source" | "destination";
  readonly contact: { readonly name: string; readonly phone: string; readonly email?: string };
  readonly address: {
    readonly fullname: string;
    readonly coordinates: readonly [number, number];
    readonly comment?: string;
  };
  readonly external_order_id?: string;
}

/** Body of `claims/create` (§4). */
export interface ClaimBody {
  readonly items: readonly ItemBody[];
  readonly route_points: readonly [PointBody, PointBody];
  readonly client_requirements: { readonly taxi_class: string };
  readonly due?: string;
}

/** Body of `check-price`: what of a claim makes its price. */
export interface PriceBody {
  readonly items: readonly Pick<ItemBody, "quantity" | "weight" | "size">[];
  readonly route_points: readonly { readonly fullname: string; readonly coordinates: readonly [number, number] }[];
  readonly requirements: { readonly taxi_class: string };
}

export function readClaim(json: Json): YangoClaim | null {
  const [id, status, version] = [text(json, "id"), text(json, "status"), number(json, "version")];
  return id !== null && status !== null ? { id, status, version: version ?? 1, all: json } : null;
}

/** The destination, whose `external_order_id` is our key. */
export const destinationOf = (claim: Json): Json =>
  objects(claim, "route_points").find((point) => text(point, "type") === "destination") ?? {};
