import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { yangoDeliveryConnector } from "./index.ts";

/** One host for all countries (reference §2). */
const own = "https://b2b.taxi.yandex.net";

export const yangoDeliveryKind: PlatformKind = {
  platform: "yango-delivery",
  name: "Yango Delivery",
  version: "v2",
  credentials: ["token"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "unconfirmed",
    update: "not spoken",
    cancel: "documented",
    proof: "not spoken",
    "courier position": "documented",
    webhook: "not spoken",
    "leave at the door": "not offered",
    "way back": "documented",
  },
  limits: [],
  // Nothing comes by itself: as old as our asking.
  freshness: { status: seconds(480), position: seconds(480), quote: seconds(600) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    yangoDeliveryConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: { token: credentials["token"]! },
      settings: { fallbackPhone },
    }),
};
