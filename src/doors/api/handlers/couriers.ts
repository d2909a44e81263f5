import type { CourierPerson } from "../../../commons/governance/ports.ts";
import type { Courier, Scope, Shift } from "../../../domain/index.ts";
import type { CourierId } from "../../../kernel/id.ts";
import { grams, instant, liters, toIso } from "../../../kernel/quantity.ts";
import { toLocal, fromLocal } from "../../../kernel/local-time.ts";
import type { Answer, CourierView, LegView, OfferView, ShiftView } from "../contract.ts";
import { actingFor, type Api, type Asked } from "../context.ts";
import { must, Refused, rowProblem } from "../problems.ts";
import { readInstant, readPoint } from "../requests.ts";
import { isoOrNull, legView, moneyView, named, openPersons, type Directory } from "../views.ts";

/** Names of the couriers that the scope sees, of those asked for. */
export async function courierNames(
  api: Pick<Api, "network">,
  scope: Scope,
  wanted: readonly CourierId[],
): Promise<ReadonlyMap<CourierId, string>> {
  if (wanted.length === 0) return new Map();
  const asked = new Set(wanted);
  const couriers = (await api.network.reads.couriers(scope)).filter(({ id }) => asked.has(id));
  const people = await openCouriers(api, scope, couriers);
  return new Map([...people].map(([id, { name }]) => [id, name]));
}

/** How long a name that was opened is kept for lists and the live view, which are drawn again every few seconds. */
const kept_ms = 60_000;
const known = new WeakMap<Api["network"], Map<string, { readonly at: number; readonly name: string | null }>>();

/** The same names, at most a minute old: names change rarely, and each opening is written down. */
export async function knownCourierNames(
  api: Pick<Api, "network">,
  scope: Scope,
  wanted: readonly CourierId[],
): Promise<ReadonlyMap<CourierId, string>> {
  const names = known.get(api.network) ?? new Map();
  known.set(api.network, names);
  if (names.size > 20_000) names.clear();
  const key = (id: CourierId): string => `${scope.viewer} ${id}`;
  const old = (id: CourierId): boolean => Date.now() - (names.get(key(id))?.at ?? 0) >= kept_ms;
  const asked = [...new Set(wanted)].filter(old);
  const opened = await courierNames(api, scope, asked);
  for (const id of asked) names.set(key(id), { at: Date.now(), name: opened.get(id) ?? null });
  return new Map(
    wanted.flatMap((id) => {
      const name = names.get(key(id))?.name;
      return typeof name === "string" ? [[id, name] as const] : [];
    }),
  );
}

async function openCouriers(
  api: Pick<Api, "network">,
  scope: Scope,
  couriers: readonly Courier[],
): Promise<ReadonlyMap<CourierId, CourierPerson>> {
  const people = await api.network.vault.open(
    scope,
    "support",
    "courier",
    couriers.map(({ subject }) => subject),
  );
  return new Map(
    couriers.flatMap(({ id, subject }) => {
      const person = people.get(subject);
      return person ? [[id, person] as const] : [];
    }),
  );
}

const courierView = (directory: Directory, courier: Courier, person: CourierPerson | null): CourierView => ({
  id: courier.id,
  carrier: named(directory, courier.carrier),
  name: person?.name ?? null,
  phone: person?.phone ?? null,
  employment: courier.employment,
  vehicle: {
    profile: courier.vehicle.profile,
    maxWeightGrams: courier.vehicle.maxWeight,
    maxVolumeLiters: courier.vehicle.maxVolume,
    maxParcels: courier.vehicle.maxParcels,
  },
  skills: [...courier.skills],
  active: courier.active,
});

const shiftView = (directory: Directory, shift: Shift): ShiftView => ({
  id: shift.id,
  courier: shift.courier,
  carrier: named(directory, shift.carrier),
  startsAt: toIso(shift.startsAt),
  endsAt: toIso(shift.endsAt),
  start: [shift.start[0], shift.start[1]],
  end: shift.end && [shift.end[0], shift.end[1]],
  state: shift.state,
});

export async function listCouriers(api: Api, { scope }: Asked<"listCouriers">): Promise<Answer<"listCouriers">> {
  const [couriers, directory] = await Promise.all([api.network.reads.couriers(scope), api.directory()]);
  const people = await openCouriers(api, scope, couriers);
  return { couriers: couriers.map((courier) => courierView(directory, courier, people.get(courier.id) ?? null)) };
}

export async function hireCourier(api: Api, { scope, query, body, reply }: Asked<"hireCourier">): Promise<CourierView> {
  const carrier = actingFor(scope, query.carrier, "CARRIER_MISSING");
  const { vehicle } = body;
  const person = { name: body.name.trim(), phone: body.phone ?? null };
  const courier = must(
    await api.network.fleet.hire(scope, carrier, {
      ...person,
      employment: body.employment,
      vehicle: {
        profile: vehicle.profile,
        maxWeight: grams(vehicle.maxWeightGrams),
        maxVolume: liters(vehicle.maxVolumeLiters),
        maxParcels: vehicle.maxParcels,
      },
      skills: body.skills ?? [],
    }),
  );
  void reply.code(201);
  return courierView(await api.directory(), courier, person);
}

/** Without a span: from midnight to midnight in the city. */
export async function listShifts(api: Api, { scope, query }: Asked<"listShifts">): Promise<Answer<"listShifts">> {
  const { zone } = api.network.city;
  const today = toLocal(api.network.clock.now(), zone);
  const midnight = fromLocal({ ...today, hour: 0, minute: 0, second: 0 }, zone);
  const from = query.from ? readInstant(query.from, "from") : midnight;
  const until = query.until ? readInstant(query.until, "until") : instant(from + 86_400_000);
  const [shifts, directory] = await Promise.all([api.network.reads.shifts(scope, from, until), api.directory()]);
  return { shifts: shifts.map((shift) => shiftView(directory, shift)) };
}

export async function planShift(api: Api, { scope, body, reply }: Asked<"planShift">): Promise<ShiftView> {
  const shift = must(
    await api.network.fleet.planShift(scope, {
      courier: body.courier,
      startsAt: readInstant(body.startsAt, "startsAt"),
      endsAt: readInstant(body.endsAt, "endsAt"),
      start: readPoint(body.start, "start"),
      end: body.end ? readPoint(body.end, "end") : null,
    }),
  );
  void reply.code(201);
  return shiftView(await api.directory(), shift);
}

export const startShift = async (api: Api, { scope, params }: Asked<"startShift">): Promise<ShiftView> =>
  shiftView(await api.directory(), must(await api.network.fleet.startShift(scope, params.id)));

export const endShift = async (api: Api, { scope, params }: Asked<"endShift">): Promise<ShiftView> =>
  shiftView(await api.directory(), must(await api.network.fleet.endShift(scope, params.id)));

export async function tellPositions(
  api: Api,
  { scope, body }: Asked<"tellPositions">,
): Promise<Answer<"tellPositions">> {
  const list = "positions" in body ? body.positions : [body];
  const path = (index: number): string => ("positions" in body ? `positions[${index}].` : "");
  const positions = list.map(({ courier, point, at }, index) => ({
    courier,
    point: readPoint(point, `${path(index)}point`),
    at: at === undefined ? api.network.clock.now() : readInstant(at, `${path(index)}at`),
  }));
  const { taken, refused } = await api.network.fleet.positions(scope, positions);
  return { taken, refused: refused.map(({ index, refusal }) => ({ index, problem: rowProblem(refusal) })) };
}

export async function reportLeg(api: Api, { scope, params, body }: Asked<"reportLeg">): Promise<LegView> {
  // "Another carries it" is for who may know that there is such a leg; for others there is none.
  if ((await api.network.reads.leg(scope, params.id)) === null) throw new Refused({ code: "LEG_NOT_FOUND" });
  const leg = must(
    await api.network.fleet.report(scope, params.id, {
      to: body.to,
      at: body.at === undefined ? api.network.clock.now() : readInstant(body.at, "at"),
      reason: body.reason ?? null,
      proof: body.proof ?? null,
    }),
  );
  const order = await api.network.reads.order(scope, leg.order);
  if (order === null) throw new Refused({ code: "LEG_NOT_FOUND" });
  const [directory, opened, names] = await Promise.all([
    api.directory(),
    openPersons(api, scope, [order], () => [leg]),
    courierNames(api, scope, leg.assignment?.courier ? [leg.assignment.courier] : []),
  ]);
  return legView(scope, directory, leg, opened, names);
}

type Offers = Awaited<ReturnType<Api["network"]["offers"]["open"]>>;
const offerView = (directory: Directory, offer: Offers[number]): OfferView => ({
  id: offer.id,
  leg: offer.leg,
  to: named(directory, offer.to),
  price: moneyView(offer.quote.price),
  pickupAt: isoOrNull(offer.quote.pickupAt),
  dropoffAt: isoOrNull(offer.quote.dropoffAt),
  madeAt: toIso(offer.madeAt),
  expiresAt: toIso(offer.expiresAt),
  state: offer.state,
});

export async function listOffers(api: Api, { scope }: Asked<"listOffers">): Promise<Answer<"listOffers">> {
  const [offers, directory] = await Promise.all([api.network.offers.open(scope), api.directory()]);
  return { offers: offers.map((offer) => offerView(directory, offer)) };
}

export const acceptOffer = async (api: Api, { scope, params }: Asked<"acceptOffer">): Promise<OfferView> =>
  offerView(await api.directory(), must(await api.network.offers.answer(scope, params.id, true, null)));

export const refuseOffer = async (api: Api, { scope, params, body }: Asked<"refuseOffer">): Promise<OfferView> =>
  offerView(await api.directory(), must(await api.network.offers.answer(scope, params.id, false, body.reason ?? null)));
