import type { PlatformConnector } from "../../../journey/dispatch/ports.ts";
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

/** A platform that can be linked: what it takes, and how its connector is made of that. */
export interface PlatformKind {
  /** The name of its protocol, and of its webhook's address: `/hooks/uber-direct`. */
  readonly platform: string;
  readonly name: string;
  readonly credentials: readonly string[];
  /** The platform's own address. */
  readonly baseUrl: string;
  connect(parts: ConnectorParts, account: PlatformAccount): PlatformConnector;
}
