import type { PlatformConnector, ServiceLevel, WireRequest } from "../../../journey/dispatch/ports.ts";
import type { ConnectorParts } from "./parts.ts";

/** A participant's own account at a platform. */
export interface PlatformAccount {
  /** By the names that the platform's portal gives them: exactly those of its kind. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Where it is asked instead of at the platform's own address, e.g. a simulator; null: there. Without a slash at its end. */
  readonly baseUrl: string | null;
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
}

/** What may be asked of a platform, in our words. `leave at the door`: where nobody opens, and the order allows it. */
export type Capability =
  | "quote"
  | "create"
  | "get"
  | "list"
  | "update"
  | "cancel"
  | "proof"
  | "courier position"
  | "webhook"
  | "leave at the door"
  | "way back";

/**
 * What a capability rests on. No platform's live service was ever called, so none is more than `documented`: spoken by the connector as the
 * platform's own published pages tell it, and held against the simulator. `unconfirmed`: spoken as the most probable reading, against the
 * simulator alone. `not spoken`: the platform has it, the connector does not use it. `not offered`: the platform has no such thing.
 */
export type Footing = "documented" | "unconfirmed" | "not spoken" | "not offered";

/** So many calls in so long, by the platform's own page. A call counts against the first limit that covers it. */
export interface CallLimit {
  readonly name: string;
  readonly calls: number;
  readonly per_s: number;
  /** What of it quotes may use: where other calls count against the same limit, some is kept for what is promised. */
  readonly quotes: "alone" | "among others" | "none";
  /** `path` is what follows the base URL, query included. */
  covers(call: { readonly method: WireRequest["method"]; readonly path: string }): boolean;
}

/** A platform that can be linked: what it takes, what it can, and how its connector is made of that. */
export interface PlatformKind {
  /** The name of its protocol, and of its webhook's address: `/hooks/uber-direct`. */
  readonly platform: string;
  readonly name: string;
  /** Which of its API is spoken, as its addresses name it. */
  readonly version: string;
  readonly credentials: readonly string[];
  /** The platform's own address; null where each carrier has its own, which linking then takes. */
  readonly baseUrl: string | null;
  readonly capabilities: Readonly<Record<Capability, Footing>>;
  /** None where the platform names none. */
  readonly limits: readonly CallLimit[];
  readonly freshness: ServiceLevel;
  connect(parts: ConnectorParts, account: PlatformAccount): PlatformConnector;
}

/** Those of the credentials at hand that this kind of platform takes; an absent one is empty. */
export const credentialsFor = (
  { credentials }: PlatformKind,
  atHand: Readonly<Record<string, string>>,
): PlatformAccount["credentials"] => Object.fromEntries(credentials.map((name) => [name, atHand[name] ?? ""]));
