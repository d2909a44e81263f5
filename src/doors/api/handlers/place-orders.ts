import type { Order } from "../../../domain/index.ts";
import type { IntakeRefusal } from "../../../journey/intake/index.ts";
import { refuse, type Result } from "../../../kernel/result.ts";
import type { PriceAnswer } from "../../network.ts";
import type { OrderBody, OrdersAnswer, QuotesAnswer, QuoteView } from "../contract.ts";
import { actingFor, type Api, type Asked } from "../context.ts";
import { problemOf, rowProblem } from "../problems.ts";
import { readOrder } from "../requests.ts";
import { closed, isoOrNull, moneyView, orderView, type Directory } from "../views.ts";
import { once, sendKept, type Kept } from "./idempotency.ts";

export const quoteView = (answer: PriceAnswer): QuoteView => ({
  price: moneyView(answer.price),
  pickupAt: isoOrNull(answer.pickupAt),
  dropoffAt: isoOrNull(answer.dropoffAt),
  distanceMeters: answer.distance_m,
  source: answer.source,
});

const several = (body: Asked<"createOrder">["body"]): readonly OrderBody[] | null =>
  "orders" in body ? body.orders : null;

/** The path of the order in the request: a refusal of the third of several is about `orders[2]`. */
const placeIn = (refusal: IntakeRefusal, index: number | null): IntakeRefusal =>
  index !== null && "field" in refusal
    ? ({ ...refusal, field: `orders[${index}].${refusal.field}` } as IntakeRefusal)
    : refusal;

const readAll = (body: Asked<"createOrder">["body"]) => {
  const list = several(body);
  return list ? list.map((one, index) => readOrder(one, `orders[${index}].`)) : [readOrder(body as OrderBody)];
};

export async function quoteOrder(api: Api, { body, query, scope }: Asked<"quoteOrder">): Promise<QuotesAnswer> {
  const shipper = actingFor(scope, query.shipper, "SHIPPER_MISSING");
  const list = several(body);
  const answers = await api.network.orders.preview(scope, shipper, readAll(body));
  return {
    outcomes: answers.map((answer, index) => ({
      index,
      quote: answer.ok ? quoteView(answer.value) : null,
      problem: answer.ok ? null : rowProblem(placeIn(answer.refusal, list && index)),
    })),
  };
}

/**
 * The answer to placing holds no personal data: it is kept beside the Idempotency-Key, outside the vault. The sender has just
 * sent it, and gets what we made of it by asking for the order.
 */
export async function createOrder(
  api: Api,
  { body, query, scope, request, reply }: Asked<"createOrder">,
): Promise<unknown> {
  const shipper = actingFor(scope, query.shipper, "SHIPPER_MISSING");
  const requests = readAll(body);
  const directory = await api.directory();
  const answerTo = (outcome: readonly Result<Order, IntakeRefusal>[]): Kept =>
    several(body) ? answerMany(outcome) : answerOne(outcome[0] ?? refuse({ code: "NO_PARCELS", field: "parcels" }));

  const kept = await once(api, request, shipper, async (keep) => {
    const options = keep
      ? {
          keep: { ...keep, answer: (outcome: unknown) => answerTo(outcome as readonly Result<Order, IntakeRefusal>[]) },
        }
      : {};
    return answerTo(await api.network.orders.place(scope, shipper, requests, options));
  });
  if (kept.status === 201) {
    const { id, version } = JSON.parse(kept.body) as { readonly id: string; readonly version: number };
    void reply.header("location", `/v1/orders/${id}`).header("etag", `"${version}"`);
  }
  return sendKept(reply, kept);

  function answerOne(outcome: Result<Order, IntakeRefusal>): Kept {
    if (outcome.ok) return { status: 201, body: JSON.stringify(orderView(scope, directory, outcome.value, closed)) };
    const problem = problemOf(outcome.refusal);
    return { status: problem.status, body: JSON.stringify(problem) };
  }

  function answerMany(outcomes: readonly Result<Order, IntakeRefusal>[]): Kept {
    const answer: OrdersAnswer = {
      outcomes: outcomes.map((outcome, index) => rowOutcome(scope, directory, outcome, index)),
    };
    return { status: 200, body: JSON.stringify(answer) };
  }
}

const rowOutcome = (
  scope: Asked<"createOrder">["scope"],
  directory: Directory,
  outcome: Result<Order, IntakeRefusal>,
  index: number,
): OrdersAnswer["outcomes"][number] => ({
  index,
  order: outcome.ok ? orderView(scope, directory, outcome.value, closed) : null,
  problem: outcome.ok ? null : rowProblem(placeIn(outcome.refusal, index)),
});
