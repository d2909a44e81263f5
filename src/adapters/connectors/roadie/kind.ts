import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { roadieConnector } from "./index.ts";

const own = "https://connect.roadie.com";

export const roadieKind: PlatformKind = {
  platform: "roadie",
  name: "Roadie",
  version: "v1",
  credentials: ["access_token", "webhook_api_key", "default_state"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "documented",
    update: "not spoken",
    cancel: "documented",
    // A signatory's name alone, and only where a signature was asked for: the pictures' paths were not readable.
    proof: "not spoken",
    "courier position": "documented",
    webhook: "documented",
    "leave at the door": "not offered",
    "way back": "documented",
  },
  limits: [{ name: "all calls", calls: 10, per_s: 1, quotes: "among others", covers: () => true }],
  // Positions come with events, not by themselves.
  freshness: { status: seconds(900), position: seconds(900), quote: seconds(900) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    roadieConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: { accessToken: credentials["access_token"]!, webhookToken: credentials["webhook_api_key"]! },
      settings: { fallbackPhone, defaultState: credentials["default_state"]! },
    }),
};
