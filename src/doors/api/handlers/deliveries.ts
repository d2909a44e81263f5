import { hasGoods, isCommitted, type Leg, type Order, type Scope } from "../../../domain/index.ts";
import { addressAt } from "../../../journey/intake/index.ts";
import type { CourierId, OrderId } from "../../../kernel/id.ts";
import { fromIso, instant, toIso, type Instant } from "../../../kernel/quantity.ts";
import type { Point } from "../../../kernel/point.ts";
import {
  carrierApiVersion,
  type CarrierFacts,
  type CarrierQuote,
  type Delivery,
  type DeliveryBody,
} from "../contract.ts";
import { actingFor, type Api, type Asked } from "../context.ts";
import { deliveryState, deliveryView, wayThere, type DeliveryFacts } from "../delivery-view.ts";
import { must, Refused } from "../problems.ts";
import { readChanges, readOrder } from "../requests.ts";
import { isoOrNull, moneyView } from "../views.ts";
import { knownCourierNames } from "./couriers.ts";
import { onceUnder } from "./idempotency.ts";
import { openProofs } from "./orders.ts";

/** The network as a carrier: whoever speaks the carrier API to it is a shipper, and each delivery an order. */

/** How long a quote holds: tariffs change by the day, so this only bounds how long somebody may rely on it. */
const quoteLife_ms = 10 * 60_000;

export const carrierFacts = ({ network }: Api): CarrierFacts => {
  const [pickup, dropoff] = examplePoints(network);
  return {
    name: `Milepool ${network.city.name}`,
    api: carrierApiVersion,
    now: toIso(network.clock.now()),
    currency: network.city.currency,
    updates: true,
    positions: true,
    examples: { pickup: example(network, pickup), dropoff: example(network, dropoff) },
  };
};

type Looks = Pick<Api["network"], "city" | "travel" | "places">;

/** Two places beside a road: the first that are found on a spiral from the city's centre, one near it and one farther out. */
function examplePoints({ city, travel }: Looks): readonly [Point, Point] {
  const [[x, y], [west, south, east, north]] = [city.centre, city.bounds];
  const reach = Math.min(east - west, north - south) / 4;
  const near = (from: number): Point => {
    for (let turn = 0; turn < 24; turn++) {
      const [angle, share] = [turn * 2.4, from + turn / 80];
      const point: Point = [x + Math.cos(angle) * reach * share, y + Math.sin(angle) * reach * share];
      if (travel.snap(point, "car").ok) return point;
    }
    return city.centre;
  };
  return [near(0), near(0.5)];
}

const example = ({ places }: Looks, [longitude, latitude]: Point): CarrierFacts["examples"]["pickup"] => ({
  address: addressAt([longitude, latitude], places),
  point: [longitude, latitude],
});

export async function carrierQuote(api: Api, { body, scope }: Asked<"carrierQuote">): Promise<CarrierQuote> {
  const shipper = actingFor(scope, undefined, "SHIPPER_MISSING");
  const somebody = { name: "to be named" };
  const request = readOrder({
    ...body,
    pickup: { ...body.pickup, ...somebody },
    dropoff: { ...body.dropoff, ...somebody },
  });
  const [answer] = await api.network.orders.preview(scope, shipper, [request]);
  const { price, pickupAt, dropoffAt } = covered(answer!);
  const expiresAt = instant(api.network.clock.now() + quoteLife_ms);
  const terms: QuoteTerms = { amount: price.amount, currency: price.currency, until: toIso(expiresAt) };
  return {
    id: Buffer.from(JSON.stringify(terms)).toString("base64url"),
    price: moneyView(price),
    pickupAt: isoOrNull(pickupAt),
    dropoffAt: isoOrNull(dropoffAt),
    expiresAt: terms.until,
  };
}

/** A quote's id holds its terms. Nobody gains by inventing one: it is held against the price of the moment. */
interface QuoteTerms {
  readonly amount: number;
  readonly currency: string;
  readonly until: string;
}

function termsOf(id: string): QuoteTerms | null {
  try {
    const terms = JSON.parse(Buffer.from(id, "base64url").toString("utf8")) as Partial<QuoteTerms>;
    return typeof terms.until === "string" && fromIso(terms.until) !== null ? (terms as QuoteTerms) : null;
  } catch {
    return null;
  }
}

export async function createDelivery(api: Api, asked: Asked<"createDelivery">): Promise<Delivery> {
  const { body, scope, request, reply } = asked;
  const shipper = actingFor(scope, undefined, "SHIPPER_MISSING");
  const { externalId, quote: _quote, ...wanted } = body;
  const order = readOrder({ ...wanted, reference: externalId });
  let isNew = false;
  const kept = await onceUnder(`delivery:${externalId}`, api, request, shipper, async (keep) => {
    await mustHold(api, scope, shipper, body, order);
    const answer = (placed: unknown) => ({ status: 201, body: JSON.stringify(covered((placed as Placed)[0]!).id) });
    const placed = await api.network.orders.place(scope, shipper, [order], { keep: { ...keep, answer } });
    isNew = true;
    return answer(placed);
  }).catch((error: unknown) => {
    const reused = error instanceof Refused && error.refusal.code === "IDEMPOTENCY_KEY_REUSED";
    throw reused ? new Refused({ code: "ALREADY_BOOKED", externalId }) : error;
  });
  const id = JSON.parse(kept.body) as OrderId;
  void reply.code(isNew ? 201 : 200).header("location", `/carrier/v1/deliveries/${id}`);
  return standing(api, scope, id);
}

type Placed = Awaited<ReturnType<Api["network"]["orders"]["place"]>>;

/** A quote holds while its time has not passed and the price is still the one that was told. */
async function mustHold(
  { network }: Api,
  scope: Scope,
  shipper: ReturnType<typeof actingFor>,
  { quote }: DeliveryBody,
  order: ReturnType<typeof readOrder>,
): Promise<void> {
  if (quote === undefined || quote === null) return;
  const terms = termsOf(quote);
  if (terms === null) throw new Refused({ code: "QUOTE_STALE", why: "is not one of ours" });
  const until: Instant = fromIso(terms.until)!;
  if (network.clock.now() > until) throw new Refused({ code: "QUOTE_STALE", why: `expired at ${terms.until}` });
  const [answer] = await network.orders.preview(scope, shipper, [order]);
  const { price } = covered(answer!);
  if (price.amount !== terms.amount || price.currency !== terms.currency)
    throw new Refused({ code: "QUOTE_STALE", why: "is for another delivery, or the tariff has changed since" });
}

const uncovered: Readonly<Record<string, string>> = {
  POINT_FAR_FROM_ROAD: "no road is near",
  POINT_ON_ISLAND: "it is cut off from the other roads",
  POINT_ROADS_CLOSED: "the roads near by are closed",
  POINT_OUTSIDE_CITY: "it lies outside the city",
};

/** The value; a place that no courier reaches is refused in the contract's own word. */
function covered<Value>(result: Parameters<typeof must<Value>>[0]): Value {
  const why = result.ok ? undefined : uncovered[result.refusal.code];
  if (result.ok || why === undefined) return must(result);
  const { field } = result.refusal as { readonly field?: string };
  throw new Refused({ code: "OUT_OF_COVERAGE", why, ...(field ? { field } : {}) });
}

export async function findDeliveries(
  api: Api,
  { query, scope }: Asked<"findDeliveries">,
): Promise<{ deliveries: Delivery[] }> {
  const shipper = actingFor(scope, undefined, "SHIPPER_MISSING");
  const id = await api.network.reads.holderOf(shipper, query.externalId);
  return { deliveries: id === null ? [] : [await standing(api, scope, id)] };
}

export const getDelivery = (api: Api, { params, scope }: Asked<"getDelivery">): Promise<Delivery> =>
  standing(api, scope, params.id);

export async function changeDelivery(api: Api, { params, body, scope }: Asked<"changeDelivery">): Promise<Delivery> {
  const order = await mine(api, scope, params.id);
  must(await api.network.orders.change(scope, order.id, null, readChanges(body)));
  return standing(api, scope, order.id);
}

/** A delivery that is cancelled already is what was asked for. */
export async function cancelDelivery(api: Api, { params, body, scope }: Asked<"cancelDelivery">): Promise<Delivery> {
  const order = await mine(api, scope, params.id);
  if (order.state === "cancelled") return standing(api, scope, order.id);
  const told = await api.network.orders.cancel(scope, order.id, body.reason ?? "cancelled by whoever asked for it");
  if (!told.ok) {
    const { state } = await standing(api, scope, order.id);
    throw new Refused({ code: "NOT_CANCELLABLE", state });
  }
  return standing(api, scope, order.id);
}

async function mine(api: Pick<Api, "network">, scope: Scope, id: string): Promise<Order> {
  const order = /^order_[0-9a-hjkmnp-tv-z]{26}$/.test(id) ? await api.network.reads.order(scope, id as OrderId) : null;
  if (order === null) throw new Refused({ code: "UNKNOWN_DELIVERY" });
  return order;
}

/** As `getDelivery`, for webhooks: null for what the scope does not see. */
export const deliveryOf = (api: Pick<Api, "network">, scope: Scope, id: OrderId): Promise<Delivery | null> =>
  standing(api, scope, id).catch((error: unknown) => {
    if (error instanceof Refused) return null;
    throw error;
  });

/** The delivery as it stands now. */
async function standing(api: Pick<Api, "network">, scope: Scope, id: string): Promise<Delivery> {
  const order = await mine(api, scope, id);
  const { reads } = api.network;
  const [legs, attempts, timeline] = await Promise.all([
    reads.legs(scope, order.id),
    reads.attempts(scope, order.id),
    reads.timeline(scope, order.id),
  ]);
  const proved = attempts.findLast(({ succeeded, proof }) => succeeded && proof !== null);
  const proofs = await openProofs(api, scope, proved ? [proved] : []);
  const last = timeline.at(-1);
  return deliveryView({
    order,
    legs,
    attempts,
    proof: (proved?.proof && proofs.get(proved.proof)) ?? null,
    courier: await courierOf(api, scope, order, legs),
    changed: { at: last?.at ?? api.network.clock.now(), sequence: last?.sequence ?? 0 },
  });
}

/** Who is on the way with it, while somebody is. */
async function courierOf(
  api: Pick<Api, "network">,
  scope: Scope,
  order: Order,
  legs: readonly Leg[],
): Promise<DeliveryFacts["courier"]> {
  const leg = wayThere(legs);
  const assignment = leg?.assignment ?? null;
  if (!leg || assignment === null || !(isCommitted(leg.state) || hasGoods(leg.state))) return null;
  if (deliveryState(order, legs) === "cancelled") return null;
  const { legs: seen, couriers } = api.network.live(scope);
  const own = couriers.find(({ shift }) => shift.id === assignment.shift)?.position;
  const told = seen.find((one) => one.leg.id === leg.id)?.carrierPosition;
  const position = own ?? told ?? null;
  const named: readonly CourierId[] = assignment.courier === null ? [] : [assignment.courier];
  const names = await knownCourierNames(api, scope, named);
  return {
    name: (assignment.courier && names.get(assignment.courier)) ?? null,
    position: position && { point: position.point, at: position.at },
  };
}
