import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { test } from "node:test";
import fc from "fast-check";
import type { Sealed } from "../../domain/index.ts";
import { emptyChain, sealNext, verifyChain, type ChainHead } from "./chain.ts";
import { ada, recordedOf } from "./testing/samples.ts";

const log: Sealed[] = [];
for (let n = 1; n <= 6; n++) {
  const head: ChainHead = log.at(-1) ?? emptyChain;
  log.push(sealNext(head, recordedOf(ada, n, { type: "OrderCancelRequested", order: "order_a", reason: `é${n}` })));
}

test("S12 any character that is changed in any event of a log is found", () => {
  assert.equal(verifyChain(log), null);
  fc.assert(
    fc.property(
      fc.nat(5),
      fc.nat(),
      fc.constantFrom("0", "1", "7", "9", "a", "b", "x", "é"),
      (which, where, character) => {
        const text = JSON.stringify(log[which]);
        const at = where % text.length;
        let changed: Sealed;
        try {
          changed = JSON.parse(text.slice(0, at) + character + text.slice(at + 1)) as Sealed;
        } catch {
          return;
        }
        // The owner is whose log it is: told by where the event lies.
        const told = ({ id, at, order, sequence, event, seq, prevHash, hash }: Sealed): object => ({
          id,
          at,
          order,
          sequence,
          event,
          seq,
          prevHash,
          hash,
        });
        if (isDeepStrictEqual(told(changed), told(log[which]!))) return;
        assert.notEqual(verifyChain(log.with(which, changed)), null, text.slice(at - 5, at + 5));
      },
    ),
    { numRuns: 2000 },
  );
});

test("S12 an event that is left out, put in twice or moved is found", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(log, { minLength: 1 }), (some) => {
      const isBeginning = some.every((event, index) => event === log[index]);
      assert.equal(verifyChain(some) === null, isBeginning);
    }),
  );
  assert.deepEqual(verifyChain([log[0]!, log[0]!]), { seq: 2, why: "missing" });
  assert.equal(verifyChain(log.slice(3), log[2]), null, "a part is verified from where the last one ended");
});
