import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { stuartConnector } from "./index.ts";

const own = "https://api.stuart.com";

export const stuartKind: PlatformKind = {
  platform: "stuart",
  name: "Stuart",
  version: "v2",
  credentials: ["client_id", "client_secret", "webhook_authorization"],
  baseUrl: own,
  capabilities: {
    quote: "unconfirmed",
    create: "documented",
    get: "documented",
    list: "unconfirmed",
    update: "unconfirmed",
    cancel: "unconfirmed",
    proof: "documented",
    "courier position": "documented",
    webhook: "unconfirmed",
    "leave at the door": "not offered",
    "way back": "unconfirmed",
  },
  limits: [],
  freshness: { status: seconds(600), position: seconds(120), quote: seconds(300) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    stuartConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: {
        clientId: credentials["client_id"]!,
        clientSecret: credentials["client_secret"]!,
        webhookAuth: credentials["webhook_authorization"]!,
      },
      settings: { fallbackPhone },
    }),
};
