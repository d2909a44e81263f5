import type { Contact, Order, Place, Places } from "../../../domain/index.ts";
import {
  addressAt,
  dialled,
  type IntakeRefusal,
  type OrderRequest,
  type PlaceRequest,
} from "../../../journey/intake/index.ts";
import type { OrderId } from "../../../kernel/id.ts";
import { ok, type Result } from "../../../kernel/result.ts";
import type { PriceAnswer } from "../../network.ts";
import type { OrdersAnswer, OrderView, QuotesAnswer, QuoteView } from "../contract.ts";
import { actingFor, type Api, type Asked } from "../context.ts";
import { must } from "../problems.ts";
import { readSeveral } from "../read-several.ts";
import { closed, isoOrNull, moneyView, orderView, personal, type Opened } from "../views.ts";
import { once, type Kept } from "./idempotency.ts";

export const quoteView = (answer: PriceAnswer): QuoteView => ({
  price: moneyView(answer.price),
  pickupAt: isoOrNull(answer.pickupAt),
  dropoffAt: isoOrNull(answer.dropoffAt),
  distanceMeters: answer.distance_m,
  source: answer.source,
});

export async function quoteOrder(api: Api, { body, query, scope }: Asked<"quoteOrder">): Promise<QuotesAnswer> {
  const shipper = actingFor(scope, query.shipper, "SHIPPER_MISSING");
  const read = readSeveral(body);
  const answers = await api.network.orders.preview(scope, shipper, read.requests);
  return {
    outcomes: read.inPlace(answers, (index, price, problem) => ({ index, quote: price && quoteView(price), problem })),
  };
}

type Placed = readonly Result<Order, IntakeRefusal>[];

/**
 * What is kept beside the Idempotency-Key holds no personal data: it lies outside the vault. The sender has just sent it, so each answer
 * takes it from the request, with the points that were found; the vault stays closed.
 */
export async function createOrder(
  api: Api,
  { body, query, scope, request, reply }: Asked<"createOrder">,
): Promise<OrderView | OrdersAnswer> {
  const shipper = actingFor(scope, query.shipper, "SHIPPER_MISSING");
  const read = readSeveral(body);
  const directory = await api.directory();
  const fresh = new Map<OrderId, Order>();
  const answerTo = (placed: Placed): Kept => ("orders" in body ? answerMany(placed) : answerOne(placed));

  const kept = await once(api, request, shipper, async (keep) => {
    const options = keep ? { keep: { ...keep, answer: (placed: unknown) => answerTo(placed as Placed) } } : {};
    const placed = await api.network.orders.place(scope, shipper, read.requests, options);
    for (const one of placed) if (one.ok) fresh.set(one.value.id, one.value);
    return answerTo(placed);
  });
  void reply.code(kept.status);
  const answer = JSON.parse(kept.body) as OrderView | OrdersAnswer;
  if (!("outcomes" in answer)) {
    void reply.header("location", `/v1/orders/${answer.id}`).header("etag", `"${answer.version}"`);
    return told(answer, read.requests[0]!);
  }
  const sent = read.inPlace(
    read.requests.map((one) => ok(one)),
    (_index, one) => one,
  );
  const orders = answer.outcomes.map(async ({ order }, i) => order && told(order, sent[i]!));
  const views = await Promise.all(orders);
  return { outcomes: answer.outcomes.map((one, i) => ({ ...one, order: views[i]! })) };

  /** The kept view, and in it whom and where the order is for. */
  async function told(view: OrderView, sent: OrderRequest): Promise<OrderView> {
    const order = fresh.get(view.id) ?? (await api.network.reads.order(scope, view.id));
    return order === null ? view : { ...view, ...personal(order, asSent(order, sent, api.network.places)) };
  }

  function answerOne([only]: Placed): Kept {
    return { status: 201, body: JSON.stringify(orderView(scope, directory, must(only!), closed)) };
  }

  function answerMany(placed: Placed): Kept {
    const outcomes = read.inPlace(placed, (index, order, problem) => ({
      index,
      order: order && orderView(scope, directory, order, closed),
      problem,
    }));
    return { status: 200, body: JSON.stringify({ outcomes } satisfies OrdersAnswer) };
  }
}

/** What the vault would tell of an order whose sender has just sent it. */
function asSent(order: Order, { pickup, dropoff, parcels, value }: OrderRequest, places: Pick<Places, "at">): Opened {
  const contact = ({ point }: Place, { name, phone, email, notes, address }: PlaceRequest): Contact => ({
    ...{ name, phone: phone && dialled(phone), email, notes, point },
    address: address ?? addressAt(point, places),
  });
  return {
    contacts: new Map([
      [order.pickup.subject, contact(order.pickup, pickup)],
      [order.dropoff.subject, contact(order.dropoff, dropoff)],
    ]),
    goods: new Map([[order.goods, { contents: parcels.map(({ contents }) => contents ?? ""), value }]]),
  };
}
