import { seconds } from "../../../kernel/quantity.ts";
import type { CallLimit, PlatformKind } from "../shared/platform-kind.ts";
import { lalamoveConnector } from "./index.ts";

const own = "https://rest.lalamove.com";

/** Calls a minute in production (reference §8). */
const aMinute = (name: string, calls: number, covers: CallLimit["covers"]): CallLimit => ({
  name,
  calls,
  per_s: 60,
  quotes: name === "quotations" ? "alone" : "none",
  covers,
});

export const lalamoveKind: PlatformKind = {
  platform: "lalamove",
  name: "Lalamove",
  version: "v3",
  credentials: ["public_key", "secret", "market"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "not offered",
    update: "documented",
    cancel: "documented",
    proof: "documented",
    "courier position": "documented",
    webhook: "documented",
    "leave at the door": "not offered",
    "way back": "not offered",
  },
  limits: [
    aMinute("quotations", 100, ({ method, path }) => method === "POST" && path === "/v3/quotations"),
    aMinute(
      "readings of a quotation",
      300,
      ({ method, path }) => method === "GET" && path.startsWith("/v3/quotations/"),
    ),
    aMinute("orders", 100, ({ method, path }) => method === "POST" && path === "/v3/orders"),
    aMinute("cancellations", 100, ({ method }) => method === "DELETE"),
    aMinute("couriers", 300, ({ method, path }) => method === "GET" && path.includes("/drivers/")),
    aMinute("readings of an order", 300, ({ method, path }) => method === "GET" && path.startsWith("/v3/orders/")),
  ],
  // A courier's page is refreshed every 10 s, and only when it is asked for.
  freshness: { status: seconds(900), position: seconds(60), quote: seconds(300) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    lalamoveConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: {
        apiKey: credentials["public_key"]!,
        apiSecret: credentials["secret"]!,
        market: credentials["market"]!,
      },
      settings: { fallbackPhone },
    }),
};
