import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Wolt's pages: README, "Unconfirmed". */
export interface WoltSettings extends HttpSettings {
  /** Called for a contact without a number, and given to recipients as our support, in E.164. */
  readonly fallbackPhone: string;
  /** A pickup further than this from the venue's own place is not asked for: the courier would go to the venue. */
  readonly venueRadius_m: number;
  /** A drop-off may be scheduled only when it lies so far ahead. */
  readonly scheduledFrom_ms: number;
  /** The most characters of the code that the venue's staff reads. */
  readonly orderNumberLength: number;
  /** What Wolt is told when we cancel: free text. */
  readonly cancelReason: string;
  /** A webhook older than this, or from further ahead than 5 minutes, is stale. */
  readonly webhookAge_ms: number;
  /** A delivery of which no webhook has told for so long counts as not made. */
  readonly unheard_ms: number;
}

export const woltDefaults: WoltSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  venueRadius_m: 300,
  scheduledFrom_ms: 60 * 60_000,
  orderNumberLength: 5,
  cancelReason: "Cancelled by the sender",
  webhookAge_ms: 2 * 3_600_000,
  unheard_ms: 30 * 60_000,
};
