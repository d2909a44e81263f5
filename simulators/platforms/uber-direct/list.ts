import { fromIso } from "../../../src/kernel/quantity.ts";
import type { WireResponse } from "../wire.ts";
import { json, type JsonObject } from "../shared/json.ts";
import type { UberDelivery } from "./delivery.ts";
import { errorResponse } from "./errors.ts";

const filters = ["pending", "pickup", "pickup_complete", "dropoff", "delivered", "canceled", "returned", "ongoing"];
const [pageSize, largestPage] = [50, 100];

/** One page of deliveries, newest first. The offset is spelt `Offset`, and `total_count` is always -1. */
export function listView(
  newestFirst: readonly UberDelivery[],
  path: string,
  query: URLSearchParams,
  view: (delivery: UberDelivery) => JsonObject,
): WireResponse {
  const filter = query.get("filter");
  const limit = natural(query.get("limit"), pageSize);
  const offset = natural(query.get("Offset"), 0);
  if (filter !== null && !filters.includes(filter))
    return errorResponse("invalid_params", { filter: "unknown filter" });
  if (limit === null || limit < 1 || limit > largestPage)
    return errorResponse("invalid_params", { limit: "must be between 1 and 100" });
  if (offset === null) return errorResponse("invalid_params", { Offset: "must not be negative" });
  const kept = newestFirst.filter((delivery) => matches(delivery, filter) && within(delivery, query));
  const more = offset + limit < kept.length;
  const next = new URLSearchParams({
    ...(filter !== null && { filter }),
    limit: String(limit),
    Offset: String(offset + limit),
  });
  return json(200, {
    data: kept.slice(offset, offset + limit).map(view),
    next_href: more ? `api.uber.com${path}?${next.toString()}` : "",
    total_count: -1,
  });
}

function natural(text: string | null, otherwise: number): number | null {
  if (text === null || text === "") return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

const matches = (delivery: UberDelivery, filter: string | null): boolean =>
  filter === null || (filter === "ongoing" ? !delivery.complete : delivery.status === filter);

function within(delivery: UberDelivery, query: URLSearchParams): boolean {
  const [store, start, end] = [query.get("external_store_id"), query.get("start_dt"), query.get("end_dt")];
  if (store !== null && delivery.birth.order.storeId !== store) return false;
  if (start !== null && delivery.created < (fromIso(start) ?? -Infinity)) return false;
  return end === null || delivery.created <= (fromIso(end) ?? Infinity);
}
