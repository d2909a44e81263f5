import type { PlatformKind } from "../shared/platform-kind.ts";
import { doordashDriveConnector } from "./index.ts";

/** One host for sandbox and production: the key decides (reference §1). */
const own = "https://openapi.doordash.com";

export const doordashDriveKind: PlatformKind = {
  platform: "doordash-drive",
  name: "DoorDash Drive",
  credentials: ["developer_id", "key_id", "signing_secret", "webhook_authorization"],
  baseUrl: own,
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
