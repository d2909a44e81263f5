import type { Handler, Leg, LegDue, OwnPrice, OwnRefusal, Participant, Step } from "../../domain/index.ts";
import { greatCircle, type Point } from "../../kernel/point.ts";
import { money } from "../../kernel/money.ts";
import { seconds, type Instant } from "../../kernel/quantity.ts";
import { insertions, type Candidate, type Hindrance } from "../../optimizer/index.ts";
import type { PlaceBook } from "./place-book.ts";
import { latenessPerSecond, service } from "./shipments.ts";
import { translate, type Crew, type Translation } from "./translate.ts";

/** PL4: so many couriers of a carrier are looked at: those whose route comes closest to the pickup, by travel time. */
const nearest = 24;
/** Of so many, the closest as the crow flies: the roads are not asked about everybody. */
const aroundByAir = 2 * nearest;
/** Design: up to ten own candidates go to dispatch. */
const offered = 10;

/** PL5: looks for the best places in the running routes and promises nothing. */
export const price =
  (book: PlaceBook): Handler<LegDue> =>
  async ({ order, leg: id, round }, step) => {
    const leg = step.state.must("leg", id);
    if (leg.state !== "open" || leg.round !== round) return [];
    const candidates: OwnPrice[] = [];
    const cannot: OwnRefusal[] = [];
    for (const carrier of step.state.participants()) {
      if (carrier.carriage?.kind !== "own" || leg.excluded.includes(carrier.id)) continue;
      const found = await priceWith(carrier, leg, step, book);
      candidates.push(...found.candidates);
      cannot.push(...found.cannot);
    }
    candidates.sort((a, b) => withLateness(a) - withLateness(b));
    return [
      {
        type: "LegPriced",
        order,
        leg: id,
        round,
        candidates: candidates.slice(0, offered),
        cannot: cannot.slice(0, nearest),
      },
    ];
  };

/** The ten that go on must hold those in time, so they are chosen with lateness counted. */
const withLateness = ({ price: { amount }, own }: OwnPrice): number => amount + own.lateness * latenessPerSecond;

async function priceWith(
  carrier: Participant,
  leg: Leg,
  step: Step,
  book: PlaceBook,
): Promise<{ candidates: OwnPrice[]; cannot: OwnRefusal[] }> {
  const carriage = carrier.carriage;
  const crews = await closest(step.state.onDuty(carrier.id), leg.from.point, step.now, book);
  if (carriage?.kind !== "own" || crews.length === 0) return { candidates: [], cannot: [] };
  const world = await translate(crews, [{ leg, onBoard: null }], carriage.cost, step.now, step.state, book);
  const answer = insertions(world.problem, world.plan, world.legs.length - 1, offered);
  return {
    candidates: answer.candidates.map((candidate) =>
      quote(candidate, leg, carrier, carriage.cost.perHour, world, step),
    ),
    cannot: answer.hindrances.map((hindrance) => refusal(hindrance, carrier, world)),
  };
}

/** The crews whose route passes closest to `point`; of those that cannot be told apart by road, the closest as the crow flies. */
async function closest(crews: readonly Crew[], point: Point, now: Instant, book: PlaceBook): Promise<readonly Crew[]> {
  if (crews.length <= nearest) return crews;
  const places = ({ route }: Crew): readonly Point[] => [route.from, ...route.stops.map(({ place }) => place.point)];
  const byAir = crews
    .map((crew) => ({ crew, away: Math.min(...places(crew).map((place) => greatCircle(place, point))) }))
    .toSorted((a, b) => a.away - b.away)
    .slice(0, aroundByAir)
    .map(({ crew }) => crew);
  const groups = byAir.map((crew) => ({ profile: crew.courier.vehicle.profile, points: places(crew) }));
  const soonest = await book.soonest(point, groups, now);
  return byAir
    .map((crew, i) => ({ crew, away: soonest[i]! }))
    .toSorted((a, b) => (a.away === b.away ? 0 : a.away - b.away))
    .slice(0, nearest)
    .map(({ crew }) => crew);
}

/** The price is what the route costs more, service included, without the leg's own lateness: dispatch prices that for everybody alike. */
function quote(
  candidate: Candidate,
  leg: Leg,
  carrier: Participant,
  perHour: number,
  world: Translation,
  step: Step,
): OwnPrice {
  const { shift, courier, route } = world.crews[candidate.vehicle]!;
  const serving = ((service.pickup + service.dropoff) * perHour) / 3600;
  const cost = candidate.addedCost - candidate.lateness * latenessPerSecond + serving;
  return {
    id: step.id("quote"),
    leg: leg.id,
    carrier: carrier.id,
    price: money(Math.max(0, Math.round(cost)), carrier.currency),
    pickupAt: world.toInstant(candidate.pickupStart!),
    dropoffAt: world.toInstant(candidate.deliveryStart!),
    madeAt: step.now,
    expiresAt: null,
    source: "own_plan",
    reference: null,
    own: {
      courier: courier.id,
      shift: shift.id,
      routeVersion: route.version,
      pickupAt: candidate.pickupAt!,
      dropoffAt: candidate.deliveryAt!,
      added: seconds(Math.max(0, Math.round(candidate.addedSeconds))),
      lateness: seconds(Math.max(0, Math.round(candidate.lateness))),
    },
  };
}

const refusal = ({ vehicle, constraint, by }: Hindrance, carrier: Participant, { crews }: Translation): OwnRefusal => ({
  carrier: carrier.id,
  courier: crews[vehicle]!.courier.id,
  // The plan sets no other limits than those that a refusal names.
  rule: constraint as OwnRefusal["rule"],
  by,
});
