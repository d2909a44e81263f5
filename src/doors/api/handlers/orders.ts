import type { Attempt, Leg, Order, OrderFilter, Scope } from "../../../domain/index.ts";
import type { CourierId, OrderId, SubjectId } from "../../../kernel/id.ts";
import { mayReadEvent } from "../../feeds/index.ts";
import type {
  AttemptView,
  CancelManyAnswer,
  DecisionList,
  LegView,
  OrderDetail,
  OrderList,
  OrderView,
  PostingView,
  TimelineEntry,
} from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { must, Refused, rowProblem } from "../problems.ts";
import { readChanges, readInstant } from "../requests.ts";
import { decisionView } from "../decision-view.ts";
import {
  attemptView,
  carriedBy,
  closed,
  legView,
  listedOrder,
  openPersons,
  orderView,
  postingView,
  timelineEntry,
} from "../views.ts";
import { courierNames, knownCourierNames } from "./couriers.ts";

export const orderQuery = (query: Asked<"exportOrders">["query"]): OrderFilter => ({
  ...(query.state ? { states: query.state } : {}),
  ...(query.text ? { text: query.text } : {}),
  ...(query.shipper ? { shipper: query.shipper } : {}),
  ...(query.carrier ? { carrier: query.carrier } : {}),
  ...(query.importedBy ? { importedBy: query.importedBy } : {}),
  ...(query.placedFrom ? { placedFrom: readInstant(query.placedFrom, "placedFrom") } : {}),
  ...(query.placedUntil ? { placedUntil: readInstant(query.placedUntil, "placedUntil") } : {}),
});

export async function legsOfMany(
  api: Api,
  scope: Scope,
  orders: readonly Order[],
): Promise<(order: Order) => readonly Leg[]> {
  // Only a carrier's sight of other people's orders depends on the legs.
  const foreign = scope.viewer === "network" ? [] : orders.filter((order) => order.shipper !== scope.viewer);
  const legs = new Map<OrderId, readonly Leg[]>();
  await Promise.all(foreign.map(async (order) => legs.set(order.id, await api.network.reads.legs(scope, order.id))));
  return (order) => legs.get(order.id) ?? [];
}

export async function listOrders(api: Api, { query, scope }: Asked<"listOrders">): Promise<OrderList> {
  const filter = orderQuery(query);
  const { states: _states, ...anyState } = filter;
  const [page, counts, directory] = await Promise.all([
    api.network.reads.orders(scope, {
      ...filter,
      ...(query.sort ? { sort: query.sort } : {}),
      ...(query.cursor ? { cursor: query.cursor } : {}),
      limit: query.limit ?? 50,
    }),
    api.network.reads.countOrders(scope, anyState),
    api.directory(),
  ]);
  const standings = await api.network.reads.standings(
    scope,
    page.rows.map(({ id }) => id),
  );
  const couriers = [...standings.values()].flatMap(({ assignment }) => assignment?.courier ?? []);
  const [opened, names] = await Promise.all([
    query.contacts ? openPersons(api, scope, page.rows, await legsOfMany(api, scope, page.rows)) : closed,
    knownCourierNames(api, scope, couriers),
  ]);
  return {
    orders: page.rows.map((order) =>
      listedOrder(orderView(scope, directory, order, opened), directory, standings.get(order.id), names),
    ),
    next: page.next,
    counts: { ...counts },
  };
}

/** The order with its legs, or the refusal that also stands for "not yours". */
async function orderAndLegs(
  api: Api,
  scope: Scope,
  id: OrderId,
): Promise<{ readonly order: Order; readonly legs: readonly Leg[] }> {
  const order = await api.network.reads.order(scope, id);
  if (order === null) throw new Refused({ code: "ORDER_NOT_FOUND" });
  return { order, legs: await api.network.reads.legs(scope, id) };
}

async function openedView(api: Api, scope: Scope, order: Order, legs: readonly Leg[]): Promise<OrderView> {
  const [opened, directory] = await Promise.all([openPersons(api, scope, [order], () => legs), api.directory()]);
  return orderView(scope, directory, order, opened);
}

/** The order as it stands after a change, with its new ETag. */
async function answerOrder(
  api: Api,
  { scope, reply }: Pick<Asked<"getOrder">, "scope" | "reply">,
  order: Order,
): Promise<OrderView> {
  void reply.header("etag", `"${order.version}"`);
  return openedView(api, scope, order, await api.network.reads.legs(scope, order.id));
}

export async function getOrder(api: Api, asked: Asked<"getOrder">): Promise<unknown> {
  const { order, legs } = await orderAndLegs(api, asked.scope, asked.params.id);
  void asked.reply.header("etag", `"${order.version}"`);
  if (asked.request.headers["if-none-match"] === `"${order.version}"`) return asked.reply.code(304).send();
  return openedView(api, asked.scope, order, legs);
}

export async function changeOrder(api: Api, asked: Asked<"changeOrder">): Promise<OrderView> {
  const tag = asked.request.headers["if-match"];
  const version = tag === undefined || tag === "*" ? null : Number(/^"(\d{1,9})"$/.exec(tag)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) throw new Refused({ code: "ETAG_WRONG" });
  return answerOrder(
    api,
    asked,
    must(await api.network.orders.change(asked.scope, asked.params.id, version, readChanges(asked.body))),
  );
}

export async function cancelOrder(api: Api, asked: Asked<"cancelOrder">): Promise<OrderView> {
  return answerOrder(
    api,
    asked,
    must(
      await api.network.orders.cancel(asked.scope, asked.params.id, asked.body.reason ?? "cancelled by the shipper"),
    ),
  );
}

export async function forgetOrder(api: Api, asked: Asked<"forgetOrder">): Promise<OrderView> {
  return answerOrder(api, asked, must(await api.network.orders.forget(asked.scope, asked.params.id)));
}

/** So many at a time: they share a commit, and others still come in between. */
const together = 64;

/**
 * Each is refused or taken on its own. What is told of an order is where it stands afterwards: a platform that carries it is asked
 * first, and may take its time or say no.
 */

export async function cancelEach(
  api: Api,
  scope: Scope,
  orders: readonly OrderId[],
  reason: string,
): Promise<CancelManyAnswer> {
  const outcomes: CancelManyAnswer["outcomes"] = [];
  for (let from = 0; from < orders.length; from += together) {
    const some = orders.slice(from, from + together);
    const results = await Promise.all(some.map((order) => api.network.orders.cancel(scope, order, reason)));
    const standing = await Promise.all(
      results.map(async ({ ok: taken }, i) => (taken ? stateOf(api, scope, some[i]!) : null)),
    );
    for (const [i, result] of results.entries())
      outcomes.push({ order: some[i]!, state: standing[i]!, problem: result.ok ? null : rowProblem(result.refusal) });
  }
  const ended = ({ state }: (typeof outcomes)[number]): boolean => state === "cancelled";
  const asked = outcomes.filter(({ problem }) => problem === null).length;
  const cancelled = outcomes.filter(ended).length;
  return { cancelled, pending: asked - cancelled, outcomes };
}

const stateOf = async (api: Api, scope: Scope, id: OrderId): Promise<Order["state"] | null> =>
  (await api.network.reads.order(scope, id))?.state ?? null;

export const cancelOrders = (api: Api, { scope, body }: Asked<"cancelOrders">): Promise<CancelManyAnswer> =>
  cancelEach(api, scope, [...new Set(body.orders)], body.reason ?? "cancelled by the shipper");

export async function orderTimeline(
  api: Api,
  { scope, params }: Asked<"orderTimeline">,
): Promise<{ timeline: TimelineEntry[] }> {
  const { legs } = await orderAndLegs(api, scope, params.id);
  return { timeline: await timelineOf(api, scope, params.id, legs) };
}

async function timelineOf(api: Api, scope: Scope, order: OrderId, legs: readonly Leg[]): Promise<TimelineEntry[]> {
  const own = carriedBy(scope, legs);
  const recorded = await api.network.reads.timeline(scope, order);
  return recorded.filter((one) => mayReadEvent(scope, one, own)).map((one) => timelineEntry(scope, one));
}

export async function orderLegs(api: Api, { scope, params }: Asked<"orderLegs">): Promise<{ legs: LegView[] }> {
  const { order, legs } = await orderAndLegs(api, scope, params.id);
  return { legs: await legViews(api, scope, order, legs) };
}

async function legViews(api: Api, scope: Scope, order: Order, legs: readonly Leg[]): Promise<LegView[]> {
  const [opened, directory, names] = await Promise.all([
    openPersons(api, scope, [order], () => legs),
    api.directory(),
    courierNames(api, scope, couriersOf(legs)),
  ]);
  const mine =
    scope.viewer === "network" || scope.viewer === order.shipper
      ? legs
      : legs.filter(({ id }) => carriedBy(scope, legs).has(id));
  return mine.map((leg) => legView(scope, directory, leg, opened, names));
}

const couriersOf = (legs: readonly Leg[]): readonly CourierId[] =>
  legs.flatMap(({ assignment }) => assignment?.courier ?? []);

export async function orderDecisions(api: Api, { scope, params }: Asked<"orderDecisions">): Promise<DecisionList> {
  await orderAndLegs(api, scope, params.id);
  return decisionsOf(api, scope, { order: params.id, limit: 200 });
}

export const listDecisions = (api: Api, { scope, query }: Asked<"listDecisions">): Promise<DecisionList> =>
  decisionsOf(api, scope, {
    ...(query.order ? { order: query.order } : {}),
    ...(query.cursor ? { cursor: query.cursor } : {}),
    limit: query.limit ?? 50,
  });

async function decisionsOf(
  api: Api,
  scope: Scope,
  query: { order?: OrderId; cursor?: string; limit: number },
): Promise<DecisionList> {
  const [page, directory] = await Promise.all([api.network.reads.decisions(scope, query), api.directory()]);
  const names = await courierNames(
    api,
    scope,
    page.rows.flatMap(({ candidates }) => candidates.flatMap(({ courier }) => courier ?? [])),
  );
  return {
    decisions: page.rows.map((one) => decisionView(scope, directory, one, names, api.network.city.currency)),
    next: page.next,
  };
}

export async function orderMoney(api: Api, { scope, params }: Asked<"orderMoney">): Promise<{ money: PostingView[] }> {
  await orderAndLegs(api, scope, params.id);
  return { money: await moneyOf(api, scope, params.id) };
}

async function moneyOf(api: Api, scope: Scope, order: OrderId): Promise<PostingView[]> {
  const [postings, directory] = await Promise.all([api.network.reads.postings(scope, order), api.directory()]);
  return postings.map((posting) => postingView(directory, posting));
}

export async function orderAttempts(
  api: Api,
  { scope, params }: Asked<"orderAttempts">,
): Promise<{ attempts: AttemptView[] }> {
  const { order, legs } = await orderAndLegs(api, scope, params.id);
  return { attempts: await attemptsOf(api, scope, order, legs) };
}

async function attemptsOf(api: Api, scope: Scope, order: Order, legs: readonly Leg[]): Promise<AttemptView[]> {
  const all = scope.viewer === "network" || scope.viewer === order.shipper;
  const own = carriedBy(scope, legs);
  const attempts = (await api.network.reads.attempts(scope, order.id)).filter(({ leg }) => all || own.has(leg));
  const proofs = await openProofs(api, scope, attempts);
  return attempts.map((attempt) => attemptView(attempt, (attempt.proof && proofs.get(attempt.proof)) ?? null));
}

export async function openProofs(api: Pick<Api, "network">, scope: Scope, attempts: readonly Attempt[]) {
  const subjects = attempts.flatMap(({ proof }): readonly SubjectId[] => (proof ? [proof] : []));
  return api.network.vault.open(scope, "support", "proof", subjects);
}

export async function getOrderDetail(
  api: Api,
  { scope, params, reply }: Asked<"getOrderDetail">,
): Promise<OrderDetail> {
  const { order, legs } = await orderAndLegs(api, scope, params.id);
  const [view, legList, timeline, { decisions }, attempts, money] = await Promise.all([
    openedView(api, scope, order, legs),
    legViews(api, scope, order, legs),
    timelineOf(api, scope, order.id, legs),
    decisionsOf(api, scope, { order: order.id, limit: 50 }),
    attemptsOf(api, scope, order, legs),
    moneyOf(api, scope, order.id),
  ]);
  void reply.header("etag", `"${order.version}"`);
  return { order: view, legs: legList, timeline, decisions, attempts, money, ways: await waysOf(api, scope, legList) };
}

/** The road between a leg's two places, and where its own courier was while carrying it; only where the places themselves may be seen. */
async function waysOf(api: Api, scope: Scope, legs: readonly LegView[]): Promise<OrderDetail["ways"]> {
  const shown = legs.filter((leg) => leg.from.point !== null && leg.to.point !== null);
  return Promise.all(
    shown.map(async (leg) => {
      const way = await api.network.route([leg.from.point!, leg.to.point!], "van");
      const from = leg.assignment?.at ?? null;
      const trail =
        leg.assignment?.courier && from
          ? await api.network.reads.trail(
              scope,
              leg.assignment.courier,
              readInstant(from, "at"),
              leg.handedOverAt ? readInstant(leg.handedOverAt, "at") : api.network.clock.now(),
            )
          : [];
      return {
        leg: leg.id,
        way: way.map(([longitude, latitude]): [number, number] => [longitude, latitude]),
        trail: trail.map(({ point, at }) => ({
          point: [point[0], point[1]] as [number, number],
          at: new Date(at).toISOString(),
        })),
      };
    }),
  );
}
