import type { Order } from "../../../domain/index.ts";
import type { IntakeRefusal } from "../../../journey/intake/index.ts";
import type { Result } from "../../../kernel/result.ts";
import type { PriceAnswer } from "../../network.ts";
import type { OrdersAnswer, QuotesAnswer, QuoteView } from "../contract.ts";
import { actingFor, type Api, type Asked } from "../context.ts";
import { must } from "../problems.ts";
import { readSeveral } from "../read-several.ts";
import { closed, isoOrNull, moneyView, orderView } from "../views.ts";
import { once, sendKept, type Kept } from "./idempotency.ts";

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
 * The answer to placing holds no personal data: it is kept beside the Idempotency-Key, outside the vault. The sender has just
 * sent it, and gets what we made of it by asking for the order.
 */
export async function createOrder(
  api: Api,
  { body, query, scope, request, reply }: Asked<"createOrder">,
): Promise<unknown> {
  const shipper = actingFor(scope, query.shipper, "SHIPPER_MISSING");
  const read = readSeveral(body);
  const directory = await api.directory();
  const answerTo = (placed: Placed): Kept => ("orders" in body ? answerMany(placed) : answerOne(placed));

  const kept = await once(api, request, shipper, async (keep) => {
    const options = keep ? { keep: { ...keep, answer: (placed: unknown) => answerTo(placed as Placed) } } : {};
    return answerTo(await api.network.orders.place(scope, shipper, read.requests, options));
  });
  if (kept.status === 201) {
    const { id, version } = JSON.parse(kept.body) as { readonly id: string; readonly version: number };
    void reply.header("location", `/v1/orders/${id}`).header("etag", `"${version}"`);
  }
  return sendKept(reply, kept);

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
