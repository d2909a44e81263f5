import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { uberDirectConnector } from "./index.ts";

/** Uber's own hosts (reference §1: of the two token hosts, the one in its specification). */
const own = { api: "https://api.uber.com", tokens: "https://auth.uber.com" };

export const uberDirectKind: PlatformKind = {
  platform: "uber-direct",
  name: "Uber Direct",
  version: "v1",
  credentials: ["client_id", "client_secret", "customer_id", "webhook_signing_key"],
  baseUrl: own.api,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "documented",
    update: "documented",
    cancel: "documented",
    proof: "documented",
    "courier position": "documented",
    webhook: "documented",
    "leave at the door": "documented",
    "way back": "documented",
  },
  // Its live service varies (reference §8); the sandbox's 200 in ten minutes are the sandbox's.
  limits: [],
  // Positions come about every 20 s (reference §7).
  freshness: { status: seconds(360), position: seconds(60), quote: seconds(900) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    uberDirectConnector({
      ...parts,
      baseUrl: `${baseUrl ?? own.api}/v1`,
      tokenUrl: `${baseUrl ?? own.tokens}/oauth/v2/token`,
      credentials: {
        clientId: credentials["client_id"]!,
        clientSecret: credentials["client_secret"]!,
        customerId: credentials["customer_id"]!,
        webhookKey: credentials["webhook_signing_key"]!,
      },
      settings: { fallbackPhone },
    }),
};
