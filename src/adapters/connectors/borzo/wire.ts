import { idText, isJson, object, objects, text, type Json } from "../shared/reading.ts";

/** An order with the one delivery in it that is ours (reference §5). */
export interface BorzoOrder {
  readonly id: string;
  readonly status: string;
  /** The last point that is no return: where the goods go. */
  readonly drop: Json;
  readonly all: Json;
}

interface PointBody {
  readonly address: string;
  readonly contact_person: { readonly phone: string; readonly name: string };
  readonly latitude: string;
  readonly longitude: string;
  readonly note?: string;
  readonly client_order_id?: string;
  readonly required_start_datetime?: string;
  readonly required_finish_datetime?: string;
}

/** Body of `POST /calculate-order` and `/create-order` (§4). Money is a decimal text, weight whole kilograms. */
export interface OrderBody {
  readonly matter: string;
  readonly vehicle_type_id: number;
  readonly total_weight_kg: number;
  readonly payment_method: "non_cash";
  readonly points: readonly [PointBody, PointBody];
}

export function readOrder(json: Json): BorzoOrder | null {
  const [id, status] = [idText(json, "order_id"), text(json, "status")];
  if (id === null || status === null) return null;
  const points = objects(json, "points");
  const drop = points.findLast((point) => point["is_return_point"] !== true) ?? {};
  return { id, status, drop, all: json };
}

/** The codes under `parameter_errors`, wherever they stand: it mirrors the request. */
function parameterCodes(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(parameterCodes);
  return isJson(value) ? Object.values(value).flatMap(parameterCodes) : [];
}

/** The code that says most: of a parameter where there is one, else of the call. */
export function errorCodes(json: Json): readonly string[] {
  const all = [...parameterCodes(object(json, "parameter_errors")), ...parameterCodes(json["errors"])];
  return all.filter((code) => /^[a-z_]{1,60}$/.test(code));
}
