import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Gathered } from "./gathered.ts";

test("P11 questions that come while a query is under way share the next; each gets its own answer, or its query's error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.nat(40), async (first, later) => {
      const queries: number[] = [];
      let broken = false;
      const doubled = new Gathered<number, number>(async (keys) => {
        queries.push(keys.length);
        await new Promise((resolve) => setImmediate(resolve));
        if (broken) throw new Error("gone");
        return keys.map((key) => key * 2);
      });
      const ask = (count: number) => Array.from({ length: count }, (_, i) => doubled.get(i));
      const early = ask(first);
      await new Promise((resolve) => setImmediate(resolve));
      const late = ask(later);
      const answers = await Promise.all([...early, ...late]);
      assert.deepEqual(
        answers,
        [...early.keys(), ...late.keys()].map((key) => key * 2),
      );
      assert.deepEqual(queries, later > 0 ? [first, later] : [first]);

      broken = true;
      const lost = await Promise.allSettled(ask(3));
      assert.ok(lost.every(({ status }) => status === "rejected"));
      broken = false;
      assert.equal(await doubled.get(21), 42, "and it goes on");
    }),
    { numRuns: 20 },
  );
});
