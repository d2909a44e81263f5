import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { carrierApiConnector } from "./index.ts";

export const carrierApiKind: PlatformKind = {
  platform: "carrier-api",
  name: "A carrier that speaks the carrier API",
  version: "1.0",
  credentials: ["key", "webhook_secret"],
  baseUrl: null,
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
  limits: [],
  freshness: { status: seconds(900), position: seconds(60), quote: seconds(600) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    carrierApiConnector({
      ...parts,
      baseUrl: baseUrl ?? "",
      key: credentials["key"]!,
      webhookSecret: credentials["webhook_secret"]!,
      fallbackPhone,
    }),
};
