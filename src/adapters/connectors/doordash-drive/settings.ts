import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by DoorDash's pages: README, "Unconfirmed". */
export interface DoorDashSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  /** How long a quote may be accepted; the answer does not say. */
  readonly quoteLife_ms: number;
  /** From `iat` to `exp`: at most 1800 s. */
  readonly tokenLife_s: number;
  /** The header in which the portal's static credential comes. */
  readonly webhookHeader: string;
  /** A webhook older than this, or from further ahead than 5 minutes, is stale. */
  readonly webhookAge_ms: number;
  readonly photoByDefault: boolean;
  readonly vehicles: readonly ("car" | "bicycle" | "walking")[] | null;
}

export const doordashDefaults: DoorDashSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  quoteLife_ms: 5 * 60_000,
  tokenLife_s: 300,
  webhookHeader: "authorization",
  webhookAge_ms: 2 * 3_600_000,
  photoByDefault: true,
  vehicles: null,
};
