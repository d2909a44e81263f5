import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { woltDriveConnector } from "./index.ts";

const own = "https://daas-public-api.wolt.com";

export const woltDriveKind: PlatformKind = {
  platform: "wolt-drive",
  name: "Wolt Drive",
  version: "v1",
  credentials: ["token", "venue_id", "webhook_client_secret"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "not offered",
    list: "not offered",
    update: "not offered",
    cancel: "documented",
    proof: "not offered",
    "courier position": "unconfirmed",
    webhook: "documented",
    "leave at the door": "not offered",
    "way back": "not offered",
  },
  limits: [],
  freshness: { status: seconds(900), position: seconds(120), quote: seconds(600) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    woltDriveConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: {
        token: credentials["token"]!,
        venueId: credentials["venue_id"]!,
        webhookSecret: credentials["webhook_client_secret"]!,
      },
      settings: { fallbackPhone },
    }),
};
