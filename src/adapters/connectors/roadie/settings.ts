import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Roadie's pages: README, "Unconfirmed". */
export interface RoadieSettings extends HttpSettings {
  /** Called for a contact without a number of the United States, in E.164. */
  readonly fallbackPhone: string;
  /** The state of an address that names none: two letters. */
  readonly defaultState: string;
  /** How long a delivery may take whose drop-off has no latest time. */
  readonly deliverySpan_ms: number;
  /** Why we cancel, in Roadie's word: one is known. */
  readonly cancellationCode: string;
  /** The event, without its `shipment.`, that tells where the driver is and nothing else. */
  readonly pingEvent: string;
  /** A webhook older than this, or from further ahead than 5 minutes, is stale. */
  readonly webhookAge_ms: number;
}

export const roadieDefaults: RoadieSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  defaultState: "",
  deliverySpan_ms: 4 * 3_600_000,
  cancellationCode: "item_not_ready",
  pingEvent: "driver_location",
  webhookAge_ms: 2 * 3_600_000,
};
