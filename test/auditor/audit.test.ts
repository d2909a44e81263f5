import assert from "node:assert/strict";
import { test } from "node:test";
import { audit } from "./audit.ts";
import { canonical } from "./canonical.ts";
import { hashOf, nothing } from "./chain.ts";
import type { Fact, Line } from "./log.ts";

const nine = Date.UTC(2027, 3, 13, 9);
const fact = (type: string, facts: Record<string, unknown> = {}): Fact => ({ type, order: "order_1", ...facts });
const ofLeg = (type: string, facts: Record<string, unknown> = {}): Fact => fact(type, { leg: "leg_1", ...facts });
const progressed = (from: string, to: string, leg = "leg_1"): Fact => ofLeg("LegProgressed", { leg, from, to });
const attempted = (kind: string, succeeded: boolean, facts: Record<string, unknown> = {}): Fact =>
  ofLeg("AttemptRecorded", { kind, succeeded, reason: succeeded ? null : "nobody_home", proof: null, ...facts });
const carrier = (participant: string) => ({ kind: "carrier", participant });
const moved = (from: string, to: string, holder: unknown): Fact =>
  fact("ParcelMoved", { parcel: "parcel_1", from, to, holder });

/** Minutes apart, chained as the store does it. */
function seal(events: readonly Fact[]): Line[] {
  const lines: Line[] = [];
  for (const [i, event] of events.entries()) {
    const prevHash = lines.at(-1)?.hash ?? nothing;
    const line = {
      id: `event_${i}`,
      at: nine + i * 60_000,
      owner: "participant_s",
      order: "order_1",
      sequence: i + 1,
      seq: i + 1,
      prevHash,
      hash: "",
      event,
    };
    lines.push({ ...line, hash: hashOf(line) });
  }
  return lines;
}

const entering = [
  fact("OrderPlaced"),
  fact("OrderAccepted"),
  ofLeg("LegOpened", { round: 1 }),
  ofLeg("LegDue", { round: 1 }),
];
const chosen = ofLeg("DecisionRecorded", { outcome: "chosen" });
const assigned = ofLeg("LegAssigned", { carrier: "own" });
const fetching = [
  progressed("assigned", "picked_up"),
  attempted("pickup", true),
  moved("expected", "in_custody", carrier("own")),
];
const bringing = [
  progressed("picked_up", "handed_over"),
  attempted("dropoff", true, { proof: "subject_1", proofKind: "name" }),
  moved("in_custody", "delivered", { kind: "recipient" }),
];
const closing = (state: string): Fact[] => [fact("OrderClosed", { state }), fact("JourneySettled")];

const good = [...entering, chosen, assigned, fact("OrderStarted"), ...fetching, ...bringing, ...closing("delivered")];
const booking = [
  chosen,
  ofLeg("BookingRequested", { request: "request_1", carrier: "gig", key: "leg_1-1" }),
  ofLeg("BookingConfirmed", { request: "request_1", carrier: "gig", reference: "del_1" }),
];
const broughtBack = [
  progressed("picked_up", "dropoff_failed"),
  attempted("dropoff", false),
  ofLeg("DisruptionRaised", { kind: "failed_dropoff" }),
  ofLeg("LegAssigned", { leg: "leg_2", carrier: "own" }),
  progressed("picked_up", "handed_over", "leg_2"),
  attempted("dropoff", true, { leg: "leg_2", proof: "subject_2", proofKind: "signature" }),
  moved("in_custody", "returned", { kind: "shipper", participant: "participant_s" }),
  ...closing("returned"),
];

test("a log that holds has nothing said against it", () => {
  assert.deepEqual(audit(seal(good)), []);
  assert.deepEqual(audit([]), []);
});

test("every way through the dispatch holds: refused, silent, cancelled, booked, unknown, nobody, returned", () => {
  const again = (why: Fact, round: number) => [why, ofLeg("LegOpened", { round }), ofLeg("LegDue", { round })];
  const offered = [chosen, ofLeg("LegOffered", { to: "partner" })];
  const log = [
    ...entering,
    ofLeg("DecisionRecorded", { outcome: "none" }),
    ofLeg("DisruptionRaised", { kind: "no_carrier" }),
    ofLeg("LegDue", { round: 2 }),
    ...offered,
    ...again(ofLeg("OfferRefused"), 3),
    ...offered,
    ...again(ofLeg("OfferExpired"), 4),
    ...booking.slice(0, 2),
    ofLeg("BookingUnknown", { request: "request_1" }),
    ...again(ofLeg("BookingRefused"), 5),
    chosen,
    ofLeg("LegAssigned", { carrier: "gig" }),
    progressed("assigned", "en_route_to_pickup"),
    ...again(ofLeg("CarrierCancelled", { carrier: "gig" }), 6),
    chosen,
    assigned,
    ...fetching,
    ...broughtBack,
  ];
  assert.deepEqual(audit(seal(log)), []);
});

test("a booking that nobody waits for any more holds when it is cancelled again, even after the end", () => {
  const cancelled = [ofLeg("LegCancelled"), ...closing("cancelled")];
  const late = [booking[2]!, ofLeg("CancelRequested", { reference: "del_1" }), ofLeg("CancelAnswered")];
  const log = [...entering, ...booking.slice(0, 2), fact("OrderCancelRequested"), ...cancelled];
  assert.deepEqual(audit(seal([...log, ...late])), []);
  assert.deepEqual(audit(seal([...log, booking[2]!])), [
    "order_1: leg_1 has a booking too many (del_1) that nobody cancelled",
  ]);
});

/** Puts `events` in the place of `count` events from the one that is `at`. */
const instead = (at: Fact, count: number, ...events: Fact[]): Fact[] =>
  good.toSpliced(good.indexOf(at), count, ...events);
const planted: readonly (readonly [what: string, events: readonly Fact[], said: readonly RegExp[]])[] = [
  [
    "lost",
    good.slice(0, 8),
    [
      /^order_1: it is lost: placed 2027-04-13T09:00:00.000Z, never closed, .* with LegProgressed$/,
      /leg_1 had a pickup of which there is no record/,
    ],
  ],
  [
    "in two hands",
    instead(assigned, 1, assigned, ofLeg("LegAssigned", { carrier: "gig" })),
    [/leg_1 is in two hands: own had it when gig got it/, /parcel_1 is with own, which has picked up no leg/],
  ],
  [
    "opened while carried",
    instead(assigned, 1, assigned, ofLeg("LegOpened"), chosen, assigned),
    [/leg_1 was opened while own had it/, /opened again from assigned/],
  ],
  ["without a Decision", instead(chosen, 1), [/leg_1 was assigned without a Decision/]],
  [
    "assigned out of nowhere",
    good.filter(({ type }) => type !== "LegOpened" && type !== "LegDue" && type !== "DecisionRecorded"),
    [
      /leg_1 was assigned before it was opened, and brings nothing back/,
      /went on from assigned, but was picked_up/,
      /parcel_1 was delivered, but no leg was handed over/,
    ],
  ],
  ["without a proof", instead(bringing[1]!, 1, attempted("dropoff", true)), [/leg_1 was delivered without a proof/]],
  [
    "handed over nobody knows how",
    instead(bringing[1]!, 1, attempted("dropoff", true, { proof: "subject_1" })),
    [/leg_1 was delivered, and nobody knows how/],
  ],
  ["without a record", instead(bringing[1]!, 1), [/leg_1 had a dropoff of which there is no record/]],
  [
    "a record of nothing",
    instead(assigned, 1, assigned, attempted("dropoff", true)),
    [/record of a dropoff that did not happen/],
  ],
  [
    "a gap in custody",
    instead(fetching[2]!, 1),
    [/parcel_1 has a gap in its custody: it was expected and went on from in_custody/],
  ],
  [
    "two holders",
    instead(fetching[2]!, 1, fetching[2]!, moved("in_custody", "in_custody", carrier("gig"))),
    [/parcel_1 is with gig, which has picked up no leg/],
  ],
  [
    "no holder",
    instead(fetching[2]!, 1, moved("expected", "in_custody", null)),
    [/parcel_1 became in_custody and nobody has it/],
  ],
  [
    "the wrong holder",
    instead(bringing[2]!, 1, moved("in_custody", "delivered", carrier("own"))),
    [/parcel_1 became delivered, but a carrier has it/],
  ],
  [
    "an impossible move of a parcel",
    instead(bringing[2]!, 1, bringing[2]!, moved("delivered", "returned", { kind: "shipper" })),
    [/went from delivered to returned, which no parcel may/, /closed as delivered, but its parcels are returned/],
  ],
  [
    "an impossible move of a leg",
    instead(fetching[0]!, 1, progressed("assigned", "at_dropoff")),
    [
      /leg_1 went from assigned to at_dropoff, which no leg may/,
      /record of a pickup that did not happen/,
      /picked up no leg/,
      /went on from picked_up, but was at_dropoff/,
    ],
  ],
  [
    "a leg that jumps",
    instead(bringing[0]!, 1, progressed("at_dropoff", "handed_over")),
    [/went on from at_dropoff, but was picked_up/],
  ],
  [
    "closed in somebody's hands",
    [...good.slice(0, -5), ...closing("delivered")],
    [
      /closed as delivered, but its parcels are in_custody/,
      /closed while parcel_1 was in_custody/,
      /closed while leg_1 was still to be carried/,
    ],
  ],
  [
    "closed and reopened",
    [...good, ofLeg("LegOpened", { leg: "leg_9" })],
    [/it was closed as delivered and reopened by LegOpened/],
  ],
  [
    "closed twice",
    [...good, ...closing("returned")],
    [
      /reopened by OrderClosed/,
      /closed twice, as delivered and as returned/,
      /closed as returned, but/,
      /settled 2 times/,
    ],
  ],
  ["never settled", good.slice(0, -1), [/it was closed, but its money was never settled/]],
  ["settled twice", [...good, fact("JourneySettled")], [/it was settled 2 times/]],
  [
    "settled too early",
    instead(assigned, 1, assigned, fact("JourneySettled")),
    [/settled before it was closed/, /settled 2 times/],
  ],
  ["never placed", good.slice(1), [/its story has OrderAccepted as event 1/]],
  [
    "a stranger's word",
    instead(assigned, 1, assigned, fact("LegTeleported")),
    [/nobody knows what a LegTeleported is/],
  ],
  [
    "somebody else's event",
    instead(assigned, 1, assigned, fact("OrderEdited", { order: "order_2" })),
    [/a OrderEdited of order_2 stands among its events/],
  ],
  [
    "given back by another",
    instead(assigned, 1, assigned, ofLeg("CarrierCancelled", { carrier: "gig" })),
    [/given back by gig, which did not have it/],
  ],
  [
    "given back too late",
    instead(bringing[0]!, 3, ofLeg("CarrierCancelled", { carrier: "own" })),
    [/given back after the pickup/, /closed as delivered, but/, /closed while parcel_1/, /closed while leg_1/],
  ],
  [
    "cancelled too late",
    instead(bringing[0]!, 3, ofLeg("LegCancelled")),
    [/leg_1 was cancelled while it was picked_up/, /closed as delivered, but/, /closed while parcel_1/],
  ],
  [
    "booked twice",
    [
      ...entering,
      ...booking.slice(0, 2),
      ofLeg("BookingRefused"),
      ofLeg("LegOpened"),
      ...booking,
      ofLeg("LegAssigned", { carrier: "gig" }),
    ],
    [/booked twice under the key leg_1-1/, /it is lost/],
  ],
  [
    "confirmed twice",
    [
      ...entering,
      ...booking,
      ofLeg("LegAssigned", { carrier: "gig" }),
      booking[2]!,
      ofLeg("CancelRequested", { reference: "del_1" }),
    ],
    [/the booking request_1 was confirmed twice/, /it is lost/],
  ],
];

for (const [what, events, said] of planted) {
  test(`says what is wrong: ${what}`, () => {
    const found = audit(seal(events));
    assert.deepEqual(
      found.map((sentence, i) => said[i]?.test(sentence) ?? sentence),
      said.map(() => true),
      found.join("\n"),
    );
  });
}

test("an open order is no fault while the day goes on", () => {
  assert.deepEqual(audit(seal(good.slice(0, 7)), { dayIsOver: false }), []);
});

const sealed = seal(good);
const changed = (at: number, change: Partial<Line>): Line[] => sealed.with(at, { ...sealed[at]!, ...change });

test("says what is wrong with the chain", () => {
  assert.deepEqual(audit(sealed.toSpliced(6, 1)), [
    "participant_s: line 8 of its log (LegProgressed) follows line 6: something is missing or twice",
    ...sealed
      .slice(7)
      .map(
        ({ sequence, event }, i) =>
          `order_1: event ${i + 7} is missing or out of place (${event.type} says ${sequence})`,
      ),
  ]);
  const forged = changed(5, { event: ofLeg("LegAssigned", { carrier: "own", price: 1 }) });
  assert.deepEqual(audit(forged), [
    "participant_s: line 6 of its log (LegAssigned) was changed after it was sealed: its hash does not fit",
  ]);
  const resealed = changed(5, { event: forged[5]!.event, hash: hashOf(forged[5]!) });
  assert.deepEqual(audit(resealed), [
    "participant_s: line 7 of its log (OrderStarted) does not link to the line before it",
  ]);
});

test("says when time goes back, when an event is there twice, and when an order is in two logs", () => {
  const back = changed(sealed.length - 1, { at: nine });
  assert.match(audit(back).join("\n"), /goes back in time, to 2027-04-13T09:00:00.000Z/);
  assert.match(audit(changed(3, { id: "event_2" })).join("\n"), /event_2 stands twice in the log/);
  assert.match(
    audit(changed(3, { owner: "participant_t" })).join("\n"),
    /in the logs of participant_s and participant_t/,
  );
});

test("canonical JSON is RFC 8785's own example, and leaves out what JSON has no word for", () => {
  const example = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
    literals: [null, true, false],
  };
  const expected = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
  assert.equal(canonical(example), expected);
  assert.equal(canonical({ b: undefined, a: [undefined] }), '{"a":[null]}');
  assert.throws(() => canonical({ a: Number.NaN }), TypeError);
});
