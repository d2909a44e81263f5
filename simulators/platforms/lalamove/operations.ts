import type { RoutePattern } from "../shared/routes.ts";

export type Operation =
  | "cities"
  | "quote"
  | "get-quote"
  | "create"
  | "get"
  | "edit"
  | "cancel"
  | "driver"
  | "change-driver"
  | "priority-fee"
  | "webhook"
  | "picture";

export const patterns: readonly RoutePattern<Operation>[] = [
  ["GET", /^\/v3\/cities$/, "cities"],
  ["POST", /^\/v3\/quotations$/, "quote"],
  ["GET", /^\/v3\/quotations\/(?<id>[^/]+)$/, "get-quote"],
  ["POST", /^\/v3\/orders$/, "create"],
  ["GET", /^\/v3\/orders\/(?<id>[^/]+)$/, "get"],
  ["PATCH", /^\/v3\/orders\/(?<id>[^/]+)$/, "edit"],
  ["DELETE", /^\/v3\/orders\/(?<id>[^/]+)$/, "cancel"],
  ["GET", /^\/v3\/orders\/(?<id>[^/]+)\/drivers\/(?<driver>[^/]+)$/, "driver"],
  ["DELETE", /^\/v3\/orders\/(?<id>[^/]+)\/drivers\/(?<driver>[^/]+)$/, "change-driver"],
  ["POST", /^\/v3\/orders\/(?<id>[^/]+)\/priority-fee$/, "priority-fee"],
  ["PATCH", /^\/v3\/webhook$/, "webhook"],
  ["GET", /^\/(?:proofs|photos)\/(?<id>[^/]+[.]png)$/, "picture"],
];

/** These carry no `data`. */
export const bodiless = new Set<Operation>(["cities", "get-quote", "get", "cancel", "driver"]);
