import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLocal } from "../../src/kernel/local-time.ts";
import { audit } from "../auditor/audit.ts";
import { fleet, spot, vans } from "./world/bench.ts";
import { Day } from "./world/day.ts";

/** The story is what it says, and an auditor finds nothing in its log. */
async function tells(day: Day, story: string, minutes?: number): Promise<void> {
  assert.equal(await day.told(minutes), story.trim().replaceAll(/^ +/gm, ""));
  assert.deepEqual(audit(await day.log()), []);
}

test("an own courier is the cheapest, and brings it", async () => {
  const day = await Day.open({ gig: { asks: 900 } });
  day.shift(0, "Mia", spot(-500, 0));
  day.order(1, "A");
  day.report(4, "A", "en_route_to_pickup");
  day.report(8, "A", "picked_up");
  day.report(18, "A", "handed_over");
  await tells(
    day,
    `
    09:00 shift   Mia
    09:01 order   A
    09:01 assign  A to Mia for 4.99
    09:04 leg     A en route to pickup
    09:08 leg     A picked up
    09:08 parcel  A in custody, with fleet
    09:18 leg     A handed over
    09:18 parcel  A delivered, with the recipient
    09:18 closed  A delivered
    09:18 settled A in 3 postings
  `,
  );
});

test("a partner refuses, and a platform takes it", async () => {
  const day = await Day.open({ gig: { asks: 900 } });
  day.order(0, "A");
  day.answer(1, false);
  day.hear(10, "picked_up");
  day.hear(25, "handed_over");
  await tells(
    day,
    `
    09:00 order   A
    09:00 offer   A to vans
    09:01 no      A from vans
    09:01 book    A with gig
    09:01 assign  A to gig for 9.00
    09:10 leg     A picked up
    09:10 parcel  A in custody, with gig
    09:25 leg     A handed over
    09:25 parcel  A delivered, with the recipient
    09:25 closed  A delivered
    09:25 settled A in 3 postings
  `,
  );
});

test("a partner is silent and the platform refuses to book: everybody is asked again", async () => {
  const day = await Day.open({ gig: { asks: 700, books: false } });
  day.order(0, "A");
  day.answer(6, true);
  day.report(20, "A", "picked_up");
  day.report(40, "A", "handed_over");
  await tells(
    day,
    `
    09:00 order   A
    09:00 offer   A to vans
    09:02 silence A from vans
    09:02 book    A with gig
    09:02 no      A from gig: no couriers available
    09:04 offer   A to vans
    09:06 assign  A to vans for 6.95
    09:20 leg     A picked up
    09:20 parcel  A in custody, with vans
    09:40 leg     A handed over
    09:40 parcel  A delivered, with the recipient
    09:40 closed  A delivered
    09:40 settled A in 3 postings
  `,
  );
});

test("a carrier cancels before the pickup, and another carries it", async () => {
  const day = await Day.open({ gig: { asks: 300 } });
  day.order(0, "A");
  day.hear(5, "cancelled", { reason: "other" });
  day.answer(6, true);
  day.report(30, "A", "picked_up");
  day.report(45, "A", "handed_over");
  await tells(
    day,
    `
    09:00 order   A
    09:00 book    A with gig
    09:00 assign  A to gig for 3.00
    09:05 gone    A gig
    09:05 offer   A to vans
    09:06 assign  A to vans for 6.95
    09:30 leg     A picked up
    09:30 parcel  A in custody, with vans
    09:45 leg     A handed over
    09:45 parcel  A delivered, with the recipient
    09:45 closed  A delivered
    09:45 settled A in 3 postings
  `,
  );
});

test("nobody is at home, and the bread goes back to the bakery", async () => {
  const day = await Day.open({ carriers: [fleet] });
  day.shift(0, "Mia", spot(0, 0));
  day.order(1, "A");
  day.report(5, "A", "picked_up");
  day.report(15, "A", "dropoff_failed", "nobody_home");
  day.report(25, "A", "handed_over");
  await tells(
    day,
    `
    09:00 shift   Mia
    09:01 order   A
    09:01 assign  A to Mia for 4.08
    09:05 leg     A picked up
    09:05 parcel  A in custody, with fleet
    09:15 leg     A dropoff failed
    09:15 trouble A nobody_home
    09:15 assign  A to Mia for 4.08
    09:25 leg     A handed over
    09:25 parcel  A returned, with bakery
    09:25 closed  A returned
    09:25 settled A in 4 postings
  `,
  );
});

test("a platform brings back by itself what it could not hand over", async () => {
  const day = await Day.open({ gig: { asks: 300 } });
  day.order(0, "A");
  day.hear(10, "dropoff_failed", { returning: true, reason: "no_access" });
  day.hear(30, null, { returned: true, proof: "signature" });
  await tells(
    day,
    `
    09:00 order   A
    09:00 book    A with gig
    09:00 assign  A to gig for 3.00
    09:10 leg     A picked up
    09:10 parcel  A in custody, with gig
    09:10 leg     A dropoff failed
    09:10 trouble A no_access
    09:30 parcel  A returned, with bakery
    09:30 closed  A returned
    09:30 settled A in 3 postings
  `,
  );
});

test("the shipper wants no more, before anybody fetched it: nobody pays", async () => {
  const day = await Day.open({ gig: { asks: 300 } });
  day.order(0, "A");
  day.cancel(2, "A");
  day.order(3, "B");
  day.hear(5, "picked_up");
  day.cancel(6, "B");
  day.hear(20, "handed_over");
  await tells(
    day,
    `
    09:00 order   A
    09:00 book    A with gig
    09:00 assign  A to gig for 3.00
    09:02 cancel  A by the shipper
    09:02 closed  A cancelled
    09:02 settled A in 0 postings
    09:03 order   B
    09:03 book    B with gig
    09:03 assign  B to gig for 3.00
    09:05 leg     B picked up
    09:05 parcel  B in custody, with gig
    09:06 refused cancelling B: ALREADY_PICKED_UP
    09:20 leg     B handed over
    09:20 parcel  B delivered, with the recipient
    09:20 closed  B delivered
    09:20 settled B in 3 postings
  `,
  );
});

test("nobody can carry it: said once, tried until it makes no sense any more", async () => {
  const day = await Day.open({ carriers: [fleet] });
  day.order(0, "A");
  await tells(
    day,
    `
    09:00 order   A
    09:00 trouble A nobody can carry it now
    11:32 closed  A cancelled
    11:32 settled A in 0 postings
  `,
  );
});

test("on the night of the clock change a promise for half past three is kept, an hour of the wall sooner", async () => {
  const zone = "Europe/Berlin";
  const wall = (hour: number, minute: number) =>
    fromLocal({ year: 2027, month: 3, day: 28, hour, minute, second: 0 }, zone);
  const day = await Day.open({ from: wall(1, 0), zone, carriers: [vans] });
  day.order(30, "A", { dropoffWindow: { earliest: null, latest: wall(3, 30) } });
  day.answer(31, true);
  day.report(59, "A", "picked_up");
  day.report(61, "A", "en_route_to_dropoff");
  day.report(90, "A", "handed_over");
  await tells(
    day,
    `
    01:30 order   A
    01:30 offer   A to vans
    01:31 assign  A to vans for 6.95
    01:59 leg     A picked up
    01:59 parcel  A in custody, with vans
    03:01 leg     A en route to dropoff
    03:30 leg     A handed over
    03:30 parcel  A delivered, with the recipient
    03:30 closed  A delivered
    03:30 settled A in 3 postings
  `,
  );
});
