import type { DeliveryReport, FailureReason } from "../../../domain/index.ts";
import type { No } from "../shared/told.ts";

/** Status to leg state (§6). `COMPLETED` depends on the last stop's proof, the last three on whether the goods were fetched. */
export const statuses: Readonly<Record<string, DeliveryReport["state"]>> = {
  ASSIGNING_DRIVER: "assigned",
  ON_GOING: "en_route_to_pickup",
  PICKED_UP: "picked_up",
  COMPLETED: "handed_over",
  CANCELED: "cancelled",
  REJECTED: "cancelled",
  EXPIRED: "cancelled",
};

/** `POD.status` (§5): whether the drop-off was tried in vain; null says nothing yet. */
export const proofs: Readonly<Record<string, boolean | null>> = {
  PENDING: null,
  DELIVERED: false,
  SIGNED: false,
  FAILED: true,
};

/** `cancelParty` (§7): one value was seen. */
export const parties: Readonly<Record<string, FailureReason>> = { LALAMOVE_CUSTOMER_SUPPORT: "other" };

/** What a webhook tells (§7): an order's state, the proof at its last stop, only facts beside it, or nothing of a delivery. */
export const events: Readonly<Record<string, "state" | "proof" | "facts" | "replaced" | "nothing">> = {
  ORDER_CREATED: "state",
  ORDER_STATUS_CHANGED: "state",
  DRIVER_ASSIGNED: "facts",
  ORDER_AMOUNT_CHANGED: "facts",
  ORDER_REPLACED: "replaced",
  ORDER_EDITED: "facts",
  POD_STATUS_CHANGED: "proof",
  POP_STATUS_CHANGED: "facts",
  DELIVERY_CODE_STATUS_CHANGED: "facts",
  WALLET_BALANCE_CHANGED: "nothing",
};

/** Error codes (§8). */
export const errors: Readonly<Record<string, No>> = {
  ERR_INSUFFICIENT_CREDIT: "NOT_ALLOWED",
  ERR_CANCELLATION_FORBIDDEN: "NOT_CANCELLABLE",
  ERR_INSUFFICIENT_STOPS: "BAD_REQUEST",
  ERR_TOO_MANY_STOPS: "BAD_REQUEST",
  ERR_INVALID_MARKET: "OUT_OF_COVERAGE",
  ERR_INVALID_PHONE_NUMBER: "BAD_REQUEST",
  ERR_INVALID_SCHEDULE_TIME: "BAD_REQUEST",
  ERR_INVALID_SERVICE_TYPE: "BAD_REQUEST",
  ERR_INVALID_SPECIAL_REQUEST: "BAD_REQUEST",
  ERR_OUT_OF_SERVICE_AREA: "OUT_OF_COVERAGE",
  ERR_REVERSE_GEOCODE_FAILURE: "OUT_OF_COVERAGE",
  ERR_INVALID_QUOTATION_ID: "QUOTE_STALE",
  ERR_ORDER_NOT_FOUND: "UNKNOWN_DELIVERY",
  ERR_INVALID_FIELD: "BAD_REQUEST",
  ERR_MISSING_FIELD: "BAD_REQUEST",
  ERR_REQUIRED_FIELD: "BAD_REQUEST",
  ERR_CHANGE_DRIVER: "BAD_REQUEST",
  ERR_INVALID_TIPS: "BAD_REQUEST",
  ERR_EXCEED_MIN_TIPS: "BAD_REQUEST",
  ERR_EXCEED_MAX_TIPS: "BAD_REQUEST",
  ERR_INVALID_ORDER_STATUS: "NOT_CANCELLABLE",
  ERR_INVALID_RESPONSE: "BAD_REQUEST",
  ERR_RATE_LIMIT_EXCEEDED: "outage",
};

/** The language an address is written in, by market (§2). */
export const languages: Readonly<Record<string, string>> = {
  JP: "en_JP",
  BR: "pt_BR",
  HK: "en_HK",
  ID: "id_ID",
  MY: "en_MY",
  MX: "es_MX",
  PH: "en_PH",
  SG: "en_SG",
  TW: "zh_TW",
  TH: "th_TH",
  VN: "vi_VN",
  AE: "en_AE",
  SA: "en_SA",
};

/** The smallest service that takes so much. The names are the page's samples; each city has its own set and bounds (`GET /v3/cities`). */
export const services = [
  { type: "MOTORCYCLE", liters: 50, grams: 20_000 },
  { type: "CAR", liters: 300, grams: 100_000 },
  { type: "VAN", liters: Infinity, grams: Infinity },
] as const;
