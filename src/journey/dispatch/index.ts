export * from "./again.ts";
export { answerOffer, take } from "./answer-offer.ts";
export * from "./ask.ts";
export * from "./bookings.ts";
export * from "./changes.ts";
export { close } from "./decide.ts";
export type * from "./offers.ts";
export * from "./policy.ts";
export { whomToAsk, type Askable } from "./rationing.ts";
