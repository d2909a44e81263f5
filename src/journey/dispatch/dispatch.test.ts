import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  at,
  Bench,
  everyone,
  exchange,
  fleet,
  gig,
  nine,
  only,
  quoteOf,
  types,
  vans,
} from "../../../test/stories/world/bench.ts";
import type { Happened, Leg, OwnPrice, QuoteAnswer } from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import { instant, seconds } from "../../kernel/quantity.ts";
import { refuse } from "../../kernel/result.ts";
import { abandoned, answerOffer, ask, close, confirm, end, ended, expire, refused, take, unbooked } from "./index.ts";

const own = (bench: Bench, leg: Leg, amount: number, version = 1): OwnPrice => {
  if (!bench.hot.get("shift", "shift_mia")) bench.courier("mia");
  return {
    ...quoteOf(fleet.id, amount, at(20), { source: "own_plan", leg: leg.id }),
    own: {
      courier: "courier_mia",
      shift: "shift_mia",
      routeVersion: version,
      pickupAt: 0,
      dropoffAt: 1,
      added: seconds(0),
      lateness: seconds(0),
    },
  };
};
const priced = (bench: Bench, leg: Leg, candidates: readonly OwnPrice[] = []) =>
  ask({ travel: bench.travel })(
    { type: "LegPriced", order: leg.order, leg: leg.id, round: leg.round, candidates, cannot: [] },
    bench.step(),
  );
const answered = (bench: Bench, leg: Leg, answers: readonly QuoteAnswer[], round = leg.round) =>
  close({ travel: bench.travel })(
    { type: "QuotesClosed", order: leg.order, leg: leg.id, request: "request_1", round, answers },
    bench.step(),
  );
const fromGig = (amount: number): QuoteAnswer => ({
  kind: "quote",
  quote: quoteOf(gig.id, amount, at(30), { reference: "q1" }),
});
const withLeg = (changes: Partial<Leg> = {}, participants: (typeof everyone)[number][] = [...everyone]) => {
  const bench = new Bench("dispatch", participants);
  return {
    bench,
    leg: bench.leg(bench.order(), changes),
    now: () => bench.hot.must("leg", bench.hot.all("leg")[0]!.id),
  };
};

test("D3 a partner asks its tariff by road, at least its minimum, and is there after its approach", async () => {
  const { bench, leg } = withLeg({}, [exchange, vans]);
  const happened = await priced(bench, leg);
  assert.equal(types(happened), "DecisionRecorded LegOffered");
  const { quote } = bench.hot.must("offer", only(happened, "LegOffered").offer);
  // 1,300 m: 500 + 130 = 630, over the minimum of 600.
  assert.deepEqual([quote.price.amount, quote.pickupAt, quote.source], [630, at(25), "agreement"]);
});

test("D4 the platforms are asked all at once, until a deadline, and not those that let go of the leg", async () => {
  const { bench, leg } = withLeg();
  const asked = only(await priced(bench, leg), "QuotesRequested");
  assert.deepEqual([asked.carriers, asked.deadline], [[gig.id], instant(nine + 4000)]);
  assert.equal(bench.hot.must("request", asked.request).key, `${leg.id}-1`);
  const without = withLeg({ excluded: [gig.id] });
  assert.equal(types(await priced(without.bench, without.leg)), "DecisionRecorded LegOffered");
});

test("D4 an answer to an older round is old news", async () => {
  const { bench, leg } = withLeg({ round: 2 });
  await priced(bench, leg);
  assert.deepEqual(await answered(bench, leg, [], 1), []);
  bench.hot.put("leg", { ...leg, state: "cancelled" });
  assert.deepEqual(await answered(bench, leg, []), []);
});

test("D5 if the routes have changed while the platforms thought, the own places are priced again", async () => {
  const { bench, leg } = withLeg();
  await priced(bench, leg, [own(bench, leg, 400)]);
  bench.hot.put("route", { ...bench.hot.must("route", "plan_mia"), version: 2 });
  assert.equal(types(await answered(bench, leg, [fromGig(500)])), "LegDue");
  assert.equal(
    types(await priced(bench, leg, [own(bench, leg, 410, 2)])),
    "DecisionRecorded LegAssigned",
    "nobody is asked twice",
  );
});

test("D6 the choice is written down with what was looked at, how old it was, and how long it took", async () => {
  const { bench, leg } = withLeg();
  await priced(bench, leg, [own(bench, leg, 900)]);
  bench.now = instant(nine + 3000);
  const happened = await answered(bench, leg, [fromGig(500)]);
  assert.equal(types(happened), "DecisionRecorded BookingRequested");
  const after = bench.hot.must("leg", leg.id);
  assert.deepEqual([after.latency_ms, after.quoteWait_ms], [[0], [3000]], "waiting for quotes is not our latency");
});

test("D7 own is assigned, a partner is offered, a platform is asked to book: each in the step that decided", async () => {
  const outcome = async (amounts: { own?: number; gig?: number }, participants: (typeof everyone)[number][]) => {
    const { bench, leg, now } = withLeg({}, participants);
    const prices = amounts.own === undefined ? [] : [own(bench, leg, amounts.own)];
    const first = await priced(bench, leg, prices);
    const happened =
      types(first) === "QuotesRequested"
        ? await answered(bench, leg, amounts.gig === undefined ? [] : [fromGig(amounts.gig)])
        : first;
    return `${types(happened.slice(1))}: ${now().state}`;
  };
  assert.equal(await outcome({ own: 100, gig: 900 }, [...everyone]), "LegAssigned: assigned");
  assert.equal(await outcome({ own: 900, gig: 900 }, [...everyone]), "LegOffered: offered");
  assert.equal(await outcome({ own: 900, gig: 100 }, [...everyone]), "BookingRequested: offered");
});

test("D8 when nobody can, it is said once, and everybody is asked again two minutes later", async () => {
  const { bench, leg, now } = withLeg({ excluded: [vans.id] }, [exchange, fleet]);
  assert.equal(types(await priced(bench, leg)), "DecisionRecorded DisruptionRaised");
  assert.deepEqual([now().state, now().round, now().excluded], ["open", 2, []]);
  const timer = bench.hot.must("timer", `due/${leg.id}`);
  assert.deepEqual([timer.dueAt, timer.event.type], [at(2), "LegDue"]);
  assert.equal(types(await priced(bench, now())), "DecisionRecorded", "the second time it is no news");
});

test("D9 ninety minutes after the promise is broken nobody is asked any more", async () => {
  const { bench, leg, now } = withLeg({}, [exchange, fleet]);
  bench.now = at(150);
  assert.equal(types(await priced(bench, leg)), "DecisionRecorded DisruptionRaised");
  bench.now = instant(at(150) + 1);
  assert.equal(types(await priced(bench, now())), "DecisionRecorded LegCancelled");
  assert.equal(now().state, "cancelled");
});

const offering = async () => {
  const world = withLeg({}, [exchange, vans]);
  const { offer, expiresAt } = only(await priced(world.bench, world.leg), "LegOffered");
  return {
    ...world,
    offer,
    expiresAt,
    say: (yes: boolean, by: ParticipantId = vans.id) => answerOffer(offer, by, yes, null, world.bench.step()),
  };
};

test("D10 a yes counts up to and including the last instant, and only once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(240_000), async (waited) => {
      const { bench, say, expiresAt } = await offering();
      bench.now = instant(nine + waited);
      const answer = say(true);
      assert.equal(answer.ok, bench.now <= expiresAt);
      if (!answer.ok) assert.deepEqual(answer, refuse({ code: "OFFER_EXPIRED_ALREADY", expiredAt: expiresAt }));
      else assert.deepEqual(say(true), refuse({ code: "OFFER_TAKEN", state: "accepted" }));
    }),
  );
});

test("D10 an offer is nobody's but the partner's who was asked", async () => {
  const { say, bench, offer } = await offering();
  assert.deepEqual(say(true, fleet.id), refuse({ code: "OFFER_NOT_FOUND" }));
  assert.deepEqual(answerOffer("offer_none", vans.id, true, null, bench.step()), refuse({ code: "OFFER_NOT_FOUND" }));
  assert.ok(bench.hot.get("timer", `offer/${offer}`));
  assert.ok(say(false).ok);
  assert.equal(bench.hot.get("timer", `offer/${offer}`), undefined);
});

test("D11 the partner who said yes carries the leg, at the price that was offered", async () => {
  const { say, bench, leg, offer, now } = await offering();
  say(true);
  const accepted = { type: "OfferAccepted", order: leg.order, leg: leg.id, offer, by: vans.id } as const;
  assert.equal(only(await take(accepted, bench.step()), "LegAssigned").price.amount, 630);
  assert.deepEqual([now().state, now().offer, now().assignment?.carrier], ["assigned", null, vans.id]);
  assert.deepEqual(await take(accepted, bench.step()), [], "twice is once");
});

const booking = async () => {
  const world = withLeg({}, [exchange, gig]);
  const { bench, leg } = world;
  await priced(bench, leg);
  const { request, quote } = only(await answered(bench, leg, [fromGig(500)]), "BookingRequested");
  const facts = { order: leg.order, leg: leg.id, request, carrier: gig.id };
  const confirmed = () =>
    confirm(
      { ...facts, type: "BookingConfirmed", quote, reference: "del_1", price: quote.price },
      bench.step(),
    ) as readonly Happened[];
  return { ...world, facts, confirmed };
};

test("D12 a confirmed booking is an assignment; one that nobody waits for any more is cancelled again", async () => {
  const { bench, confirmed, now } = await booking();
  assert.equal(types(confirmed()), "LegAssigned");
  assert.equal(now().assignment?.reference, "del_1");
  const second = confirmed();
  assert.equal(types(second), "CancelRequested");
  assert.equal(bench.hot.must("request", only(second, "CancelRequested").request).kind, "cancel");
  assert.equal(now().state, "assigned");
});

test("D13 a cancelled booking ends its leg; when the platform refuses, a person must know", async () => {
  for (const done of [true, false]) {
    const { bench, leg, confirmed, now } = await booking();
    confirmed();
    const { request } = only(
      await end({ type: "OrderCancelRequested", order: leg.order, reason: "no" }, bench.step()),
      "CancelRequested",
    );
    const happened = await ended(
      { type: "CancelAnswered", order: leg.order, leg: leg.id, request, carrier: gig.id, done, reason: "too late" },
      bench.step(),
    );
    assert.equal(types(happened), done ? "LegCancelled" : "DisruptionRaised");
    assert.equal(now().state, done ? "cancelled" : "assigned");
  }
});

test("D14 a leg that came back is open for everybody but the carrier that let go of it", async () => {
  const again = (world: { now: () => Leg }, happened: readonly Happened[], by: ParticipantId) => {
    assert.equal(only(happened, "LegOpened").round, 2);
    assert.deepEqual(
      [world.now().state, world.now().assignment, world.now().offer, world.now().excluded],
      ["open", null, null, [by]],
    );
  };
  const first = await offering();
  first.say(false);
  const facts = { order: first.leg.order, leg: first.leg.id, offer: first.offer, by: vans.id };
  again(first, await refused({ ...facts, type: "OfferRefused", reason: null }, first.bench.step()), vans.id);
  assert.deepEqual(await expire({ ...facts, type: "OfferExpired" }, first.bench.step()), [], "it is open already");

  const second = await offering();
  const silent = {
    type: "OfferExpired",
    order: second.leg.order,
    leg: second.leg.id,
    offer: second.offer,
    by: vans.id,
  } as const;
  again(second, await expire(silent, second.bench.step()), vans.id);
  assert.equal(second.bench.hot.must("offer", second.offer).state, "expired");

  const third = await booking();
  again(
    third,
    await unbooked({ ...third.facts, type: "BookingRefused", reason: "no couriers" }, third.bench.step()),
    gig.id,
  );

  const fourth = await booking();
  fourth.confirmed();
  const gone = { type: "CarrierCancelled", order: fourth.leg.order, leg: fourth.leg.id, reason: "" } as const;
  assert.deepEqual(await abandoned({ ...gone, carrier: vans.id }, fourth.bench.step()), [], "not its leg to give back");
  again(fourth, await abandoned({ ...gone, carrier: gig.id }, fourth.bench.step()), gig.id);

  const fifth = await booking();
  fifth.confirmed();
  const late = { ...gone, order: fifth.leg.order, leg: fifth.leg.id, carrier: gig.id, mayTakeAgain: true } as const;
  assert.equal(types(await abandoned(late, fifth.bench.step())), "LegOpened");
  assert.deepEqual(fifth.now().excluded, [], "its carrier may take it again");
});

test("D15 when the shipper wants no more, what nobody has booked ends at once", async () => {
  const stop = (world: { bench: Bench; leg: Leg }) =>
    end({ type: "OrderCancelRequested", order: world.leg.order, reason: "no" }, world.bench.step());
  const offered = await offering();
  assert.equal(types(await stop(offered)), "LegCancelled");
  assert.deepEqual(
    [offered.now().state, offered.bench.hot.must("offer", offered.offer).state],
    ["cancelled", "withdrawn"],
  );
  assert.equal(offered.bench.hot.get("timer", `offer/${offered.offer}`), undefined);

  const asked = await booking();
  assert.equal(types(await stop(asked)), "LegCancelled");
  assert.equal(types(asked.confirmed()), "CancelRequested", "the booking that was on its way is called off");
  assert.equal(types(await stop(asked)), "", "what is over stays so");
});
