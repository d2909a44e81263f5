import type { Happened } from "../../domain/index.ts";
import type { LegId, ParticipantId } from "../../kernel/id.ts";

/** Who besides the order's shipper and the operator may read an event: a carrier it speaks to, or of. */
export type Reader = { readonly who: ParticipantId } | { readonly carrierOf: LegId } | null;

/**
 * Deny by default: prices asked of others, decisions, the shipper's price and the books are for the shipper and the operator.
 * What a carrier has done with a leg is for the one to whom the leg is committed at that time.
 */
export function readerOf(event: Happened): Reader {
  switch (event.type) {
    case "LegOffered":
      return { who: event.to };
    case "OfferAccepted":
    case "OfferRefused":
    case "OfferExpired":
      return { who: event.by };
    case "BookingRequested":
    case "BookingConfirmed":
    case "BookingRefused":
    case "BookingUnknown":
    case "LegAssigned":
    case "CarrierCancelled":
    case "CancelRequested":
    case "CancelAnswered":
    case "UpdateRequested":
    case "UpdateAnswered":
    case "FreshnessBreached":
    case "SyncRepaired":
      return { who: event.carrier };
    case "LegProgressed":
    case "AttemptRecorded":
    case "LegCancelled":
      return { carrierOf: event.leg };
    default:
      return null;
  }
}
