import type { RoutePattern } from "../shared/routes.ts";

export type Operation = "carrier" | "quote" | "create" | "find" | "get" | "change" | "cancel";

export const patterns: readonly RoutePattern<Operation>[] = [
  ["GET", /^\/carrier$/, "carrier"],
  ["POST", /^\/quotes$/, "quote"],
  ["POST", /^\/deliveries$/, "create"],
  ["GET", /^\/deliveries$/, "find"],
  ["GET", /^\/deliveries\/(?<id>[^/]+)$/, "get"],
  ["PATCH", /^\/deliveries\/(?<id>[^/]+)$/, "change"],
  ["POST", /^\/deliveries\/(?<id>[^/]+)\/cancel$/, "cancel"],
];
