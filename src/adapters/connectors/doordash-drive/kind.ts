import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { doordashDriveConnector } from "./index.ts";

/** One host for sandbox and production: the key decides (reference §1). */
const own = "https://openapi.doordash.com";

export const doordashDriveKind: PlatformKind = {
  platform: "doordash-drive",
  name: "DoorDash Drive",
  version: "drive/v2",
  credentials: ["developer_id", "key_id", "signing_secret", "webhook_authorization"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "not offered",
    update: "documented",
    cancel: "documented",
    proof: "documented",
    // Enabled by DoorDash on request (reference §7).
    "courier position": "unconfirmed",
    webhook: "documented",
    "leave at the door": "not offered",
    "way back": "documented",
  },
  limits: [{ name: "all calls", calls: 300, per_s: 60, quotes: "among others", covers: () => true }],
  // How often the opt-in events come is not on the pages: README, "Unconfirmed".
  freshness: { status: seconds(360), position: seconds(120), quote: seconds(300) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    doordashDriveConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: {
        developerId: credentials["developer_id"]!,
        keyId: credentials["key_id"]!,
        signingSecret: credentials["signing_secret"]!,
        webhookAuth: credentials["webhook_authorization"]!,
      },
      settings: { fallbackPhone },
    }),
};
