import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Bulkhead } from "./bulkhead.ts";

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

test("R2 so many at once and no more, the rest in their order, and who finds the room full is turned away", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.nat(4),
      fc.array(fc.constantFrom("come", "go", "break"), { maxLength: 40 }),
      async (most, mostWaiting, story) => {
        const bulkhead = new Bulkhead({ most, mostWaiting });
        const inside: { resolve: () => void; reject: (error: Error) => void }[] = [];
        const begun: number[] = [];
        const come = (who: number) =>
          bulkhead.run(
            () =>
              new Promise<string>((resolve, reject) => {
                begun.push(who);
                inside.push({ resolve: () => resolve("done"), reject });
              }),
          );
        const outcomes: Promise<unknown>[] = [];
        let turnedAway = 0;
        for (const [who, what] of story.entries()) {
          if (what === "come") {
            const { running, waiting } = bulkhead.view();
            if (running === most && waiting === mostWaiting) turnedAway++;
            outcomes.push(come(who).catch(() => "broken"));
          } else if (what === "go") inside.shift()?.resolve();
          else inside.shift()?.reject(new Error("the call broke"));
          await settled();
          assert.ok(inside.length <= most);
          assert.equal(bulkhead.view().running, inside.length, "whoever leaves makes room, however it ended");
          assert.ok(bulkhead.view().waiting === 0 || inside.length === most, "nobody waits beside a free place");
        }
        assert.equal(bulkhead.view().turnedAway, turnedAway);
        assert.deepEqual(
          begun,
          begun.toSorted((a, b) => a - b),
        );
        while (inside.length > 0) {
          inside.shift()!.resolve();
          await settled();
        }
        const told = await Promise.all(outcomes);
        assert.equal(told.filter((one) => one === null).length, turnedAway);
      },
    ),
    { numRuns: 60 },
  );
});
