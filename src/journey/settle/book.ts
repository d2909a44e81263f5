import {
  balanced,
  type Account,
  type Handler,
  type Leg,
  type Order,
  type OrderClosed,
  type Posting,
} from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import { invariant } from "../../kernel/invariant.ts";
import { money, type Money } from "../../kernel/money.ts";

/** S2: what the shipper owes by the order's end: the price for what was brought or brought back, nothing else. */
const charged = (order: Order): boolean =>
  order.state === "delivered" || order.state === "partly_delivered" || order.state === "returned";
/** S3: a carrier is owed its price for every leg on which it took the goods. */
const earned = (leg: Leg): boolean => leg.pickedUpAt !== null && leg.assignment !== null;

/** S1: an order that is closed is booked once, in lines that sum to zero; the operator's margin takes the difference. */
export const book =
  (operator: ParticipantId): Handler<OrderClosed> =>
  ({ order: id }, { state, now, id: newId }) => {
    const order = state.must("order", id);
    const entry = `settle/${id}`;
    const line = (participant: ParticipantId, account: Account, amount: Money, text: string): Posting => ({
      id: newId("posting"),
      entry,
      order: id,
      participant,
      account,
      amount,
      at: now,
      text,
    });
    const legs = state.legsOf(id).filter(earned);
    const currency = order.price?.currency ?? legs[0]?.assignment?.price.currency ?? "EUR";
    const price = charged(order) && order.price ? order.price.amount : 0;
    const paid = legs.reduce((sum, leg) => sum + leg.assignment!.price.amount, 0);

    const postings = [
      ...(price === 0 ? [] : [line(order.shipper, "payable", money(-price, currency), "price of the order")]),
      ...legs.map((leg) => line(leg.assignment!.carrier, "receivable", leg.assignment!.price, `carriage of ${leg.id}`)),
      ...(price === paid
        ? []
        : [line(operator, "margin", money(price - paid, currency), "difference of price and carriage")]),
    ];
    invariant(balanced(postings), `the entry ${entry} does not balance`);
    for (const posting of postings) state.put("posting", posting);
    return [{ type: "JourneySettled", order: id, entry, postings: postings.length }];
  };
