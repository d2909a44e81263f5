import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { at, fleet, gig, nine, quoteOf, vans } from "../../../test/stories/world/bench.ts";
import type { Candidate, Quote, QuoteAnswer } from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import { money } from "../../kernel/money.ts";
import { rank, type Choice } from "./candidates.ts";
import type { Policy } from "./policy.ts";

const fiftyCents: Policy = { name: "cheapest_in_window", version: 1, latenessPerMinute: 50 };

const choice = (changes: Partial<Choice>): Choice => ({
  now: nine,
  window: { earliest: null, latest: at(60) },
  policy: fiftyCents,
  excluded: [],
  computed: [],
  answers: [],
  cannot: [],
  ...changes,
});
const answered = (quote: Quote): QuoteAnswer => ({ kind: "quote", quote });

const carriers: readonly ParticipantId[] = [fleet.id, vans.id, gig.id, "participant_other"];
const quote = fc
  .record({
    carrier: fc.constantFrom(...carriers),
    amount: fc.nat(3000),
    minutes: fc.option(fc.integer({ min: 0, max: 150 }), { nil: null }),
    expires: fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }),
  })
  .map(({ carrier, amount, minutes, expires }) =>
    quoteOf(carrier, amount, minutes === null ? null : at(minutes), {
      expiresAt: expires === null ? null : at(expires),
    }),
  );
const other: fc.Arbitrary<QuoteAnswer> = fc.record({
  kind: fc.constantFrom("refusal" as const, "outage" as const),
  carrier: fc.constantFrom(...carriers),
  why: fc.string(),
});
const choices = fc
  .record({
    computed: fc.array(quote, { maxLength: 6 }),
    asked: fc.array(fc.oneof(quote.map(answered), other), { maxLength: 6 }),
    excluded: fc.subarray([...carriers]),
  })
  .map(({ computed, asked, excluded }) => choice({ computed, answers: asked, excluded }));

const chosenOf = (candidates: readonly Candidate[]): Candidate | undefined => candidates.find(({ chosen }) => chosen);
const late = ({ quote: of }: Candidate): boolean => (of?.dropoffAt ?? 0) > at(60);
const allowed =
  ({ excluded }: Choice) =>
  ({ quote: of }: Candidate): boolean =>
    of !== null && !excluded.includes(of.carrier) && (of.expiresAt === null || of.expiresAt >= nine);

test("D1 the chosen one is the least expected cost among those in time, or among all when nobody is", () => {
  fc.assert(
    fc.property(choices, (of) => {
      const candidates = rank(of);
      const fit = candidates.filter(allowed(of));
      const inTime = fit.filter((candidate) => !late(candidate));
      const field = inTime.length > 0 ? inTime : fit;
      const chosen = chosenOf(candidates);
      assert.equal(chosen !== undefined, field.length > 0);
      if (!chosen) return;
      assert.ok(field.includes(chosen));
      assert.equal(chosen.expectedCost, Math.min(...field.map((candidate) => candidate.expectedCost!)));
    }),
    { numRuns: 1000 },
  );
});

test("D2 exactly one is chosen, or none; it stands first; everybody else has a reason", () => {
  fc.assert(
    fc.property(choices, (of) => {
      const candidates = rank(of);
      assert.equal(candidates.length, of.computed.length + of.answers.length + of.cannot.length);
      assert.ok(candidates.filter(({ chosen }) => chosen).length <= 1);
      for (const [i, { chosen, lost }] of candidates.entries()) {
        assert.equal(lost === null, chosen);
        if (chosen) assert.equal(i, 0);
      }
    }),
  );
});

test("D2 who let go of the leg before, and what has expired, is never chosen", () => {
  fc.assert(
    fc.property(choices, (of) => {
      const chosen = chosenOf(rank(of));
      if (chosen) assert.ok(allowed(of)(chosen));
    }),
  );
});

test("D1 in which order the quotes came changes nothing but the order", () => {
  fc.assert(
    fc.property(choices, fc.integer(), (of, seed) => {
      const shuffled = fc.sample(fc.shuffledSubarray([...of.computed], { minLength: of.computed.length }), {
        numRuns: 1,
        seed,
      })[0]!;
      const answers = fc.sample(fc.shuffledSubarray([...of.answers], { minLength: of.answers.length }), {
        numRuns: 1,
        seed,
      })[0]!;
      const [one, two] = [rank(of), rank({ ...of, computed: shuffled, answers })];
      const costs = (candidates: readonly Candidate[]) =>
        candidates.map(({ expectedCost }) => String(expectedCost)).toSorted();
      assert.deepEqual(costs(two), costs(one));
      assert.equal(chosenOf(two)?.expectedCost, chosenOf(one)?.expectedCost);
      const lost = (candidates: readonly Candidate[]) =>
        candidates.map((candidate) => candidate.lost?.code ?? "chosen").toSorted();
      assert.deepEqual(lost(two), lost(one));
    }),
  );
});

test("D1 a cheap one that comes late loses to a dear one in time, and says by how much", () => {
  const [cheap, dear] = [quoteOf(gig.id, 100, at(75)), quoteOf(vans.id, 5000, at(60))];
  const [first, second] = rank(choice({ computed: [dear], answers: [answered(cheap)] }));
  assert.equal(first?.carrier, vans.id);
  assert.deepEqual(second?.lost, { code: "LATE", by: 900 });
});

test("D1 when nobody is in time, lateness is weighed against the price: fifty cents a minute", () => {
  const [a, b] = [quoteOf(gig.id, 1000, at(70)), quoteOf(vans.id, 1400, at(61))];
  const [first, second] = rank(choice({ computed: [b], answers: [answered(a)] }));
  assert.deepEqual([first?.carrier, first?.expectedCost], [vans.id, 1450]);
  assert.deepEqual(second?.lost, { code: "DEARER", by: 50 });
});

test("D2 each way to lose has its name", () => {
  const candidates = rank(
    choice({
      excluded: [vans.id],
      computed: [quoteOf(vans.id, 1, at(1)), quoteOf(fleet.id, 500, at(10)), quoteOf(fleet.id, 600, at(10))],
      answers: [
        answered(quoteOf(gig.id, 10, at(10), { expiresAt: at(-1) })),
        { kind: "refusal", carrier: gig.id, why: "no couriers" },
        { kind: "outage", carrier: gig.id, why: "timed out" },
        { kind: "predicted", carrier: gig.id, price: money(900, "EUR"), sample: 31, over: "this distance" },
      ],
      cannot: [{ carrier: fleet.id, courier: "courier_mia", rule: "capacity", by: 3 }],
    }),
  );
  assert.deepEqual(
    candidates.map(({ lost }) => lost?.code ?? "chosen"),
    [
      "chosen",
      "EXCLUDED_EARLIER",
      "QUOTE_EXPIRED",
      "DEARER",
      "CARRIER_REFUSED",
      "NO_ANSWER",
      "NOT_ASKED",
      "CANNOT_CARRY",
    ],
  );
});

test("D17 a platform in doubt counts as dearer by its share, and pays no more for it", () => {
  const [doubted, plain] = [quoteOf(gig.id, 1000, at(10)), quoteOf(vans.id, 1050, at(10))];
  const answers: readonly QuoteAnswer[] = [
    { kind: "quote", quote: doubted, doubt: { share: 0.1, why: "out of sight" } },
  ];
  const [first, second] = rank(choice({ computed: [plain], answers }));
  assert.deepEqual([first?.carrier, second?.lost], [vans.id, { code: "DEARER", by: 50 }]);
  assert.deepEqual([second?.expectedCost, second?.quote?.price.amount], [1100, 1000]);
});

test("D2 a quote holds up to and including its last instant", () => {
  assert.ok(rank(choice({ computed: [quoteOf(gig.id, 1, at(1), { expiresAt: nine })] }))[0]?.chosen);
});
