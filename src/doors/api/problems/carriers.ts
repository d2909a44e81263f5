import type { OfferRefusal } from "../../../journey/dispatch/index.ts";
import type { FleetRefusal } from "../../../journey/pool/index.ts";
import type { PositionRefusal, ReportRefusal } from "../../../journey/track/index.ts";
import type { Entry } from "./entry.ts";

/** What is refused to those who carry: offers, couriers, shifts, reports and positions. */
export type CarrierCode = (OfferRefusal | FleetRefusal | ReportRefusal | PositionRefusal)["code"];

export const carrierEntries: Readonly<Record<CarrierCode, Entry>> = {
  OFFER_NOT_FOUND: {
    status: 404,
    title: "Offer not found",
    detail: "There is no such offer, or it was not made to you.",
    mend: "GET /v1/offers lists the offers that wait for your answer.",
  },
  OFFER_TAKEN: {
    status: 409,
    title: "Offer already answered",
    detail: (f) => `The offer is ${String(f["state"])} already.`,
    mend: "Nothing is to be done; look at the leg to see who carries it.",
  },
  OFFER_EXPIRED_ALREADY: {
    status: 409,
    title: "Offer expired",
    detail: (f) => `The offer expired at ${String(f["expiredAt"])}.`,
    mend: "Answer sooner; if nobody else takes the leg it may be offered again.",
  },
  NOT_A_CARRIER: {
    status: 403,
    title: "Not a carrier",
    detail: "This participant has no couriers of its own.",
    mend: "Ask as a participant with the role carrier.",
  },
  COURIER_NOT_FOUND: {
    status: 404,
    title: "Courier not found",
    detail: "There is no such courier, or it is not yours to see.",
    mend: "GET /v1/couriers lists your couriers.",
  },
  SHIFT_NOT_FOUND: {
    status: 404,
    title: "Shift not found",
    detail: "There is no such shift, or it is not yours to see.",
    mend: "GET /v1/shifts lists your shifts.",
  },
  SHIFT_ENDS_BEFORE_IT_STARTS: {
    status: 422,
    title: "Shift reversed",
    detail: "The shift ends before it starts.",
    mend: "Swap startsAt and endsAt.",
  },
  SHIFT_TOO_LONG: {
    status: 422,
    title: "Shift too long",
    detail: (f) => `A shift may last ${String(f["limit_h"])} hours at most.`,
    mend: "Split it into two shifts with a rest between them.",
  },
  SHIFTS_OVERLAP: {
    status: 409,
    title: "Shifts overlap",
    detail: (f) => `The courier already works at that time, in ${String(f["with"])}.`,
    mend: "Choose another time or another courier.",
  },
  SHIFT_NOT_STARTABLE: {
    status: 409,
    title: "Shift not startable",
    detail: (f) => `The shift is ${String(f["state"])}.`,
    mend: "Only a planned shift can be started, and only one on duty can be ended.",
  },
  STOPS_LEFT: {
    status: 409,
    title: "Stops left",
    detail: (f) => `The route still has ${String(f["stops"])} stops with goods on board or promised.`,
    mend: "Serve them, or let the legs be given to somebody else first.",
  },
  LEG_NOT_FOUND: {
    status: 404,
    title: "Leg not found",
    detail: "There is no such leg, or it is not yours to see.",
    mend: "Check the id; the order's legs are under GET /v1/orders/:id/legs.",
  },
  NOT_YOUR_LEG: {
    status: 403,
    title: "Not your leg",
    detail: "Another carrier carries this leg.",
    mend: "Report only legs that are assigned to you.",
  },
  ILLEGAL_TRANSITION: {
    status: 409,
    title: "Not possible from here",
    detail: (f) => `A leg that is ${String(f["from"])} cannot become ${String(f["to"])}.`,
    mend: (f) => {
      const allowed = (f["allowed"] as readonly string[] | undefined) ?? [];
      return allowed.length > 0 ? `It may become: ${allowed.join(", ")}.` : "It is over: nothing follows.";
    },
  },
  PROOF_MISSING: {
    status: 422,
    title: "Proof missing",
    detail: "A hand-over needs a proof.",
    mend: "Send `proof` with a photo, a signature, a PIN or the name of who took it.",
  },
  REASON_MISSING: {
    status: 422,
    title: "Reason missing",
    detail: "A failed try needs its reason.",
    mend: "Send `reason`, e.g. nobody_home.",
  },
  NOT_TO_BE_LEFT: {
    status: 409,
    title: "Not to be left",
    detail: (f) =>
      f["why"] === "not_tried"
        ? "Nobody was tried yet: a safe place is for what could not be handed over."
        : "This order is handed to a person, or comes back: it is not left in a safe place.",
    mend: (f) =>
      f["why"] === "not_tried"
        ? "Report the failed try first (dropoff_failed with its reason), then where it was left."
        : "Report dropoff_failed; the way back begins by itself.",
  },
  POSITION_IN_THE_FUTURE: {
    status: 422,
    title: "Position in the future",
    detail: (f) => `The position is ${String(f["by_s"])} s ahead of our clock.`,
    mend: "Set the device's clock, or leave `at` out.",
  },
  POSITION_OUT_OF_ORDER: {
    status: 409,
    title: "Position out of order",
    detail: "A newer position of this courier is known already.",
    mend: "Nothing is to be done; send positions oldest first.",
  },
  OFF_DUTY: {
    status: 409,
    title: "Off duty",
    detail: "The courier has no running shift, and nobody off duty is followed.",
    mend: "Start the shift first.",
  },
};
