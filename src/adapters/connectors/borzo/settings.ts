import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Borzo's pages: README, "Unconfirmed". */
export interface BorzoSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  /** The version in the path. */
  readonly version: string;
  /** By size when null, as `vehicles` in `words.ts` has it. */
  readonly vehicleType: number | null;
  /** The most characters of a point's `client_order_id`; a longer key of ours is sent as its digest. */
  readonly clientIdLength: number;
  readonly listCount: number;
  readonly listPages: number;
  /** Whether `/courier` is asked beside an order that is under way. */
  readonly askCourier: boolean;
  /** A callback older than this, or from further ahead than 5 minutes, is stale. */
  readonly webhookAge_ms: number;
}

export const borzoDefaults: BorzoSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  version: "1.8",
  vehicleType: null,
  clientIdLength: 32,
  listCount: 50,
  listPages: 20,
  askCourier: true,
  webhookAge_ms: 2 * 3_600_000,
};
