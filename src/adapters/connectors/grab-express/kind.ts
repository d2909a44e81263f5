import { seconds } from "../../../kernel/quantity.ts";
import type { CallLimit, PlatformKind } from "../shared/platform-kind.ts";
import { grabExpressConnector } from "./index.ts";

const own = "https://partner-api.grab.com";

/** Calls a second in production (reference §8). */
const aSecond = (name: string, calls: number, quotes: CallLimit["quotes"], covers: CallLimit["covers"]): CallLimit => ({
  name,
  calls,
  per_s: 1,
  quotes,
  covers,
});

export const grabExpressKind: PlatformKind = {
  platform: "grab-express",
  name: "GrabExpress",
  version: "v1",
  credentials: ["client_id", "client_secret", "webhook_authorization"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "not offered",
    update: "not offered",
    cancel: "documented",
    proof: "documented",
    "courier position": "documented",
    webhook: "documented",
    "leave at the door": "not offered",
    "way back": "documented",
  },
  limits: [
    aSecond("quotes", 300, "alone", ({ path }) => path.endsWith("/v1/deliveries/quotes")),
    aSecond("creations", 33, "none", ({ method, path }) => method === "POST" && path.endsWith("/v1/deliveries")),
    aSecond("readings", 33, "none", ({ method }) => method === "GET"),
    aSecond("cancellations", 33, "none", ({ method }) => method === "DELETE"),
  ],
  freshness: { status: seconds(900), position: seconds(300), quote: seconds(300) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    grabExpressConnector({
      ...parts,
      baseUrl: `${baseUrl ?? own}/grab-express`,
      tokenUrl: `${baseUrl ?? own}/grabid/v1/oauth2/token`,
      credentials: {
        clientId: credentials["client_id"]!,
        clientSecret: credentials["client_secret"]!,
        webhookAuth: credentials["webhook_authorization"]!,
      },
      settings: { fallbackPhone },
    }),
};
