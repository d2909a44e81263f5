import type { AttemptRecorded } from "./attempt-recorded.ts";
import type { BookingConfirmed } from "./booking-confirmed.ts";
import type { BookingRefused } from "./booking-refused.ts";
import type { BookingRequested } from "./booking-requested.ts";
import type { BookingUnknown } from "./booking-unknown.ts";
import type { CancelAnswered } from "./cancel-answered.ts";
import type { CancelRequested } from "./cancel-requested.ts";
import type { CarrierCancelled } from "./carrier-cancelled.ts";
import type { DecisionRecorded } from "./decision-recorded.ts";
import type { DisruptionRaised } from "./disruption-raised.ts";
import type { FreshnessBreached } from "./freshness-breached.ts";
import type { JourneySettled } from "./journey-settled.ts";
import type { LegAssigned } from "./leg-assigned.ts";
import type { LegCancelled } from "./leg-cancelled.ts";
import type { LegDue } from "./leg-due.ts";
import type { LegOffered } from "./leg-offered.ts";
import type { LegOpened } from "./leg-opened.ts";
import type { LegPriced } from "./leg-priced.ts";
import type { LegProgressed } from "./leg-progressed.ts";
import type { OfferAccepted } from "./offer-accepted.ts";
import type { OfferExpired } from "./offer-expired.ts";
import type { OfferRefused } from "./offer-refused.ts";
import type { OrderAccepted } from "./order-accepted.ts";
import type { OrderCancelRequested } from "./order-cancel-requested.ts";
import type { OrderClosed } from "./order-closed.ts";
import type { OrderEdited } from "./order-edited.ts";
import type { OrderPlaced } from "./order-placed.ts";
import type { OrderStarted } from "./order-started.ts";
import type { ParcelMoved } from "./parcel-moved.ts";
import type { QuotesClosed } from "./quotes-closed.ts";
import type { QuotesRequested } from "./quotes-requested.ts";
import type { Difference, SyncRepaired } from "./sync-repaired.ts";
import type { UpdateAnswered } from "./update-answered.ts";
import type { UpdateRequested } from "./update-requested.ts";

export type {
  AttemptRecorded,
  BookingConfirmed,
  BookingRefused,
  BookingRequested,
  BookingUnknown,
  CancelAnswered,
  CancelRequested,
  CarrierCancelled,
  DecisionRecorded,
  Difference,
  DisruptionRaised,
  FreshnessBreached,
  JourneySettled,
  LegAssigned,
  LegCancelled,
  LegDue,
  LegOffered,
  LegOpened,
  LegPriced,
  LegProgressed,
  OfferAccepted,
  OfferExpired,
  OfferRefused,
  OrderAccepted,
  OrderCancelRequested,
  OrderClosed,
  OrderEdited,
  OrderPlaced,
  OrderStarted,
  ParcelMoved,
  QuotesClosed,
  QuotesRequested,
  SyncRepaired,
  UpdateAnswered,
  UpdateRequested,
};

/** Everything that can happen on an order's journey. Ids and facts only: what is personal stays in the vault. */
export type Happened =
  | OrderPlaced
  | OrderAccepted
  | OrderEdited
  | OrderCancelRequested
  | OrderStarted
  | OrderClosed
  | LegOpened
  | LegDue
  | LegPriced
  | QuotesRequested
  | QuotesClosed
  | LegOffered
  | OfferAccepted
  | OfferRefused
  | OfferExpired
  | BookingRequested
  | BookingConfirmed
  | BookingRefused
  | BookingUnknown
  | LegAssigned
  | LegProgressed
  | CarrierCancelled
  | CancelRequested
  | CancelAnswered
  | UpdateRequested
  | UpdateAnswered
  | LegCancelled
  | ParcelMoved
  | AttemptRecorded
  | DecisionRecorded
  | DisruptionRaised
  | FreshnessBreached
  | SyncRepaired
  | JourneySettled;

export type HappenedType = Happened["type"];
