import type { LinkRefusal } from "../../links.ts";
import type { Entry } from "./entry.ts";

/** Why an account is not linked, or a webhook not believed (the connectors' own list, which the doors may not import). */
export type PlatformCode =
  | LinkRefusal["code"]
  | "WEBHOOK_UNSIGNED"
  | "WEBHOOK_FORGED"
  | "WEBHOOK_STALE"
  | "WEBHOOK_GARBAGE";

export const platformEntries: Readonly<Record<PlatformCode, Entry>> = {
  NOT_A_PLATFORM: {
    status: 422,
    title: "Not a platform",
    detail: (f) => `This participant is none that can be linked: we speak with ${(f["known"] as string[]).join(", ")}.`,
    mend: "Name a participant of yours whose carriage is a platform with one of these connectors.",
  },
  LINKED_ALREADY: {
    status: 409,
    title: "Linked already",
    detail: "This platform is linked already.",
    mend: "Change the link with PATCH, or remove it first.",
  },
  LINK_NOT_FOUND: {
    status: 404,
    title: "Not linked",
    detail: "This participant has no link, or it is not yours to see.",
    mend: "GET /v1/connections lists your links.",
  },
  CREDENTIALS_WRONG: {
    status: 422,
    title: "Credentials wrong",
    detail: (f) => `${String(f["field"])} is missing, or is none that this platform has.`,
    mend: (f) => `Give exactly ${(f["expected"] as string[]).join(", ")}.`,
  },
  ADDRESS_NEEDED: {
    status: 422,
    title: "Address needed",
    detail: "Each carrier that speaks the carrier API has an address of its own.",
    mend: "Have the operator link it, with the carrier's address in baseUrl.",
  },
  LINK_IN_USE: {
    status: 409,
    title: "Link in use",
    detail: (f) => `${String(f["deliveries"])} deliveries are under way with this platform.`,
    mend: "Wait until they are over, or cancel them: their news would not reach us any more.",
  },
  WEBHOOK_UNSIGNED: {
    status: 401,
    title: "Webhook unsigned",
    detail: "The webhook carries no signature.",
    mend: "Set the signing secret on the platform's side and on ours.",
  },
  WEBHOOK_FORGED: {
    status: 401,
    title: "Webhook not believed",
    detail: "The webhook's signature does not match its body.",
    mend: "Compare the signing secret on both sides; a proxy must pass the body through unchanged.",
  },
  WEBHOOK_STALE: {
    status: 400,
    title: "Webhook too old",
    detail: "The webhook was signed too long ago.",
    mend: "Set the clocks on both sides; the platform will send it again.",
  },
  WEBHOOK_GARBAGE: {
    status: 400,
    title: "Webhook not understood",
    detail: "The webhook is signed, but its body is not what the platform's documentation describes.",
    mend: "Look at Connections for what was not understood, and report it.",
  },
};
