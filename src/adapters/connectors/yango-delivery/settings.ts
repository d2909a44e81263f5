import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Yango's pages: README, "Unconfirmed". */
export interface YangoSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  readonly language: string;
  /** By size when null, as `classes` in `words.ts` has it. */
  readonly taxiClass: string | null;
  /** How often, and after which pauses, a new claim is asked whether its price is known. */
  readonly estimateTries: number;
  readonly estimatePause_ms: number;
  /** Whether a claim may be cancelled where that costs. */
  readonly payToCancel: boolean;
  /** Whether the courier's place is asked beside a claim that is under way. */
  readonly askPosition: boolean;
  readonly searchLimit: number;
  readonly searchPages: number;
}

export const yangoDefaults: YangoSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  language: "en",
  taxiClass: null,
  estimateTries: 8,
  estimatePause_ms: 500,
  payToCancel: true,
  askPosition: true,
  searchLimit: 500,
  searchPages: 10,
};
