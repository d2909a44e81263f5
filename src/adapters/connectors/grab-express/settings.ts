import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Grab's pages: README, "Unconfirmed". */
export interface GrabSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  readonly scope: string;
  /** A token is renewed this long before it ends. */
  readonly tokenMargin_ms: number;
  readonly serviceType: "INSTANT" | "SAME_DAY" | "BULK";
  /** By size when null, as `vehicles` in `words.ts` has it. */
  readonly vehicleType: string | null;
  /** A leg that is ready later than this is scheduled; an earlier one is asked for now. */
  readonly immediateWithin_ms: number;
  /** The span of a scheduled pickup: 1 to 3 h. */
  readonly pickupSpan_ms: number;
  /** What `IN_DELIVERY` means: in some markets the courier has arrived, in others is on the way. */
  readonly inDelivery: "at_dropoff" | "en_route_to_dropoff";
  /** The header in which webhooks bring the secret that Grab was given. */
  readonly webhookHeader: string;
  /** A webhook older than this, or from further ahead than 5 minutes, is stale. */
  readonly webhookAge_ms: number;
  /** A creation of which no webhook has told for so long is cancelled by our key, so that it may be made anew. */
  readonly unheard_ms: number;
}

export const grabDefaults: GrabSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  scope: "grab_express.partner_deliveries",
  tokenMargin_ms: 60_000,
  serviceType: "INSTANT",
  vehicleType: null,
  immediateWithin_ms: 30 * 60_000,
  pickupSpan_ms: 60 * 60_000,
  inDelivery: "at_dropoff",
  webhookHeader: "authorization",
  webhookAge_ms: 2 * 3_600_000,
  unheard_ms: 2 * 60_000,
};
