import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Uber's pages: README, "Unconfirmed". */
export interface UberSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  readonly addressForm: "json" | "line";
  readonly scope: string;
  readonly signatureHeaders: readonly string[];
  /** A webhook older than this, or from further ahead than 5 minutes, is stale. */
  readonly webhookAge_ms: number;
  /** How long an `idempotency_key` is remembered: later, a try looks first whether the delivery stands. */
  readonly keyLife_ms: number;
  readonly listLimit: number;
  readonly listPages: number;
  readonly minimumAge: number;
  readonly pictureByDefault: boolean;
  /** A token is renewed this long before it ends. */
  readonly tokenMargin_ms: number;
}

export const uberDefaults: UberSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  addressForm: "json",
  scope: "eats.deliveries",
  signatureHeaders: ["x-uber-signature", "x-postmates-signature"],
  webhookAge_ms: 2 * 3_600_000,
  keyLife_ms: 50 * 60_000,
  listLimit: 100,
  listPages: 50,
  minimumAge: 18,
  pictureByDefault: true,
  tokenMargin_ms: 60_000,
};
