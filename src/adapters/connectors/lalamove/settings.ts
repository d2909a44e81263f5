import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Lalamove's pages: README, "Unconfirmed". */
export interface LalamoveSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  /** The market's own when null. */
  readonly language: string | null;
  /** By size when null, as `services` in `words.ts` has it. */
  readonly serviceType: string | null;
  /** A leg that is ready later than this is scheduled; an earlier one is asked for now. */
  readonly immediateWithin_ms: number;
  /** A scheduled order's courier counts as on the way from so long before its time. */
  readonly startsAhead_ms: number;
  readonly proofOfDelivery: boolean;
  /** The name of our key in an order's `metadata`. */
  readonly metadataKey: string;
  /** Whether the courier's own page is asked beside the order. */
  readonly askDriver: boolean;
  /** The path of our URL, as the platform calls it: it is part of the signature. */
  readonly webhookPath: string;
  /** A webhook older than this, or from further ahead than 5 minutes, is stale. */
  readonly webhookAge_ms: number;
  /** An order whose creation was not answered counts as not made when no webhook has told of it for so long. */
  readonly unheard_ms: number;
}

export const lalamoveDefaults: LalamoveSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  language: null,
  serviceType: null,
  immediateWithin_ms: 20 * 60_000,
  startsAhead_ms: 60 * 60_000,
  proofOfDelivery: true,
  metadataKey: "reference",
  askDriver: true,
  webhookPath: "/hooks/lalamove",
  webhookAge_ms: 24 * 3_600_000,
  unheard_ms: 30 * 60_000,
};
