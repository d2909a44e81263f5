import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { borzoConnector } from "./index.ts";

/** India's host; another country's is named when it is linked (reference §2). */
const own = "https://robot-in.borzodelivery.com";

export const borzoKind: PlatformKind = {
  platform: "borzo",
  name: "Borzo",
  version: "1.8",
  credentials: ["token", "callback_secret", "currency"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "unconfirmed",
    update: "not spoken",
    cancel: "documented",
    proof: "documented",
    "courier position": "documented",
    webhook: "documented",
    "leave at the door": "not offered",
    "way back": "unconfirmed",
  },
  limits: [],
  freshness: { status: seconds(900), position: seconds(120), quote: seconds(300) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    borzoConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: {
        authToken: credentials["token"]!,
        callbackSecret: credentials["callback_secret"]!,
        currency: credentials["currency"]!,
      },
      settings: { fallbackPhone },
    }),
};
