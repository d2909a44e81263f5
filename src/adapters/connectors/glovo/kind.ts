import { seconds } from "../../../kernel/quantity.ts";
import type { PlatformKind } from "../shared/platform-kind.ts";
import { glovoConnector } from "./index.ts";

const own = "https://api.glovoapp.com";

export const glovoKind: PlatformKind = {
  platform: "glovo",
  name: "Glovo",
  version: "v2",
  credentials: ["client_id", "client_secret", "address_book_id", "address_book_place", "currency"],
  baseUrl: own,
  capabilities: {
    quote: "documented",
    create: "documented",
    get: "documented",
    list: "not offered",
    update: "not offered",
    cancel: "documented",
    proof: "not spoken",
    "courier position": "unconfirmed",
    webhook: "not spoken",
    "leave at the door": "not offered",
    "way back": "documented",
  },
  limits: [],
  // Nothing comes by itself: as old as our asking.
  freshness: { status: seconds(480), position: seconds(480), quote: seconds(300) },
  connect: (parts, { credentials, baseUrl, fallbackPhone }) =>
    glovoConnector({
      ...parts,
      baseUrl: baseUrl ?? own,
      credentials: {
        clientId: credentials["client_id"]!,
        clientSecret: credentials["client_secret"]!,
        addressBookId: credentials["address_book_id"]!,
        addressBookPlace: credentials["address_book_place"]!,
        currency: credentials["currency"]!,
      },
      settings: { fallbackPhone },
    }),
};
