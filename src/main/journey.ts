import type { Journey, Travel } from "../domain/index.ts";
import type { ParticipantId } from "../kernel/id.ts";
import * as dispatch from "../journey/dispatch/index.ts";
import * as intake from "../journey/intake/index.ts";
import * as learn from "../journey/learn/index.ts";
import * as plan from "../journey/plan/index.ts";
import * as pool from "../journey/pool/index.ts";
import * as settle from "../journey/settle/index.ts";
import * as track from "../journey/track/index.ts";

/** What the stages ask of the world while they decide. */
export interface Surroundings {
  readonly travel: Travel;
  readonly operator: ParticipantId;
  /** The running plan's places. */
  readonly book: plan.PlaceBook;
}

/** The story of an order: what happens wakes the stage that goes on with it. Read from top to bottom. */
export function journey({ travel, operator, book }: Surroundings) {
  return {
    OrderPlaced: [intake.accept({ travel })],
    OrderAccepted: [pool.place],
    LegOpened: [pool.wait],
    LegDue: [plan.price(book)],
    LegPriced: [dispatch.ask({ travel })],
    QuotesClosed: [dispatch.close({ travel })],

    OfferAccepted: [dispatch.take],
    OfferRefused: [dispatch.refused],
    OfferExpired: [dispatch.expire],
    BookingConfirmed: [dispatch.confirm],
    BookingRefused: [dispatch.unbooked],
    CarrierCancelled: [plan.release(book), dispatch.abandoned],

    LegAssigned: [plan.commit(book), track.begin],
    LegProgressed: [plan.follow(book), track.measure({ travel })],

    OrderEdited: [pool.reconsider, dispatch.tell, track.rewatch],
    UpdateAnswered: [dispatch.told],
    OrderCancelRequested: [dispatch.end],
    CancelAnswered: [dispatch.ended],
    LegCancelled: [plan.release(book), track.unwatch],

    OrderClosed: [settle.book(operator)],
    JourneySettled: [learn.observe],
  } satisfies Journey;
}
