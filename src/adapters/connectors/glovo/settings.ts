import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Glovo's pages: README, "Unconfirmed". */
export interface GlovoSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  /** A token is renewed this long before it ends. */
  readonly tokenMargin_ms: number;
  readonly contentType: string;
  /** Whether a confirmation says what was paid: on Glovo's stage it must not. */
  readonly sendPrice: boolean;
  /** A pickup further than this from the address book's place is not asked for: the courier would go there. */
  readonly pickupRadius_m: number;
  /** A leg that is ready later than this names its pickup time; an earlier one is asked for now. */
  readonly immediateWithin_ms: number;
  /** Whether the courier's place and contact are asked beside a parcel that is under way. */
  readonly askCourier: boolean;
  /** A confirmation that nobody answered counts as not heard after so long. */
  readonly unheard_ms: number;
}

export const glovoDefaults: GlovoSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  tokenMargin_ms: 60_000,
  contentType: "GENERIC_PARCEL",
  sendPrice: true,
  pickupRadius_m: 300,
  immediateWithin_ms: 20 * 60_000,
  askCourier: true,
  unheard_ms: 60 * 60_000,
};
