import assert from "node:assert/strict";
import { test } from "node:test";
import type { Leg } from "../domain/index.ts";
import type { PlatformRefusal } from "../journey/dispatch/ports.ts";
import { money } from "../kernel/money.ts";
import { after, hours, minutes, seconds, type Instant } from "../kernel/quantity.ts";
import { ok, outage, refuse } from "../kernel/result.ts";
import { LabourMarket } from "./labour-market.ts";
import { at, gig, spot, wild } from "./testing/little-world.ts";

const everybody = () => true;
const all = { cell: null, hour: null };
const legAt = (east: number): Leg =>
  ({ from: { point: spot(east, 0) }, to: { point: spot(east, 2000) }, readyAt: at(0) }) as unknown as Leg;
const priced = (amount: number, pickupAt: Instant | null = null) =>
  ok({ reference: "q", price: money(amount, "EUR"), pickupAt, dropoffAt: null, expiresAt: null });
const no = (code: PlatformRefusal["code"]) => refuse({ code, words: "", reference: null });

test("L1 what platforms answer becomes couriers and prices by area and hour, with sample and age; too few say nothing", () => {
  const market = new LabourMarket();
  for (const amount of [300, 500, 400]) market.observe(gig.id, legAt(0), priced(amount, at(10)), at(1));
  market.observe(gig.id, legAt(0), no("NO_COURIERS"), at(2));
  let [area] = market.view(all, everybody, at(3)).areas;
  assert.equal(area?.available, null, "four answers are too few");
  market.observe(gig.id, legAt(0), no("NO_COURIERS"), at(4));
  for (const answer of [no("OUT_OF_COVERAGE"), no("BAD_REQUEST"), outage("silence", true)])
    market.observe(gig.id, legAt(0), answer, at(5));
  [area] = market.view(all, everybody, at(6)).areas;
  const counts = { quoted: 3, noCouriers: 2, notServed: 1, refused: 1, unanswered: 1 };
  assert.deepEqual(area, {
    carrier: gig.id,
    cell: area!.cell,
    ...counts,
    available: 3 / 5,
    price: { ...area!.price, median: money(400, "EUR"), low: money(300, "EUR"), high: money(500, "EUR"), sample: 3 },
    wait: minutes(9),
    lastAt: at(5),
  });
  assert.ok(Math.abs(area.price.distance - 2000) < 10);
});

test("L2 areas and hours are apart, what was not asked for is not there, and each sees its own", () => {
  const market = new LabourMarket();
  market.observe(gig.id, legAt(0), priced(300), at(0));
  market.observe(gig.id, legAt(20_000), priced(900), at(0));
  market.observe(wild.id, legAt(0), priced(400), at(300));
  const now = market.view(all, everybody, at(310));
  assert.deepEqual([now.cells.length, now.areas.length, now.hours.length], [2, 1, 2]);
  assert.deepEqual(now.areas[0]?.carrier, wild.id, "the other's answers are five hours old");
  const then = market.view({ cell: now.areas[0].cell, hour: at(0) }, everybody, at(310));
  assert.deepEqual(then.areas.map(({ price }) => Number(price?.median.amount)).toSorted(), [300, 900]);
  assert.deepEqual(
    then.hours.map(({ carrier, hour }) => [carrier, hour]),
    [
      [gig.id, at(0)],
      [wild.id, at(300)],
    ],
  );
  assert.deepEqual(market.view(all, (carrier) => carrier === wild.id, at(310)).cells.length, 1);
});

test("L3 it remembers three days, and what we kept back ourselves says nothing", () => {
  const market = new LabourMarket();
  market.observe(gig.id, legAt(0), { ...outage("the circuit is open", true), heldBack: true } as never, at(0));
  assert.equal(market.view(all, everybody, at(1)).since, null);
  for (let hour = 0; hour < 200; hour++) market.observe(gig.id, legAt(0), priced(300), after(at(0), hours(hour)));
  const { since, hours: known } = market.view(all, everybody, after(at(0), seconds(199 * 3600)));
  assert.deepEqual([since, known.length], [after(at(0), hours(199 - 72)), 73]);
});
