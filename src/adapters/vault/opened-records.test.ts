import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { SealedRecord } from "../../domain/index.ts";
import { instant } from "../../kernel/quantity.ts";
import { OpenedRecords } from "./opened-records.ts";

const recordOf = (name: number, ciphertext: Uint8Array): SealedRecord => ({
  subject: `subject_${name}`,
  owner: "participant_ada",
  kind: "contact",
  wrappedKey: ciphertext.subarray(0, 4),
  ciphertext,
  createdAt: instant(0),
});

test("V8 what is kept at hand is bounded by its bytes, whatever the sizes, and the last one asked for is there", () => {
  const sizes = fc.array(fc.record({ name: fc.nat(30), size: fc.integer({ min: 4, max: 9000 }) }), { maxLength: 200 });
  fc.assert(
    fc.property(sizes, (asked) => {
      const records = new OpenedRecords(20_000);
      for (const { name, size } of asked) {
        const record = recordOf(name, new Uint8Array(size).fill(name));
        assert.equal(
          records.get(record, () => size),
          size,
        );
        assert.equal(
          records.get(record, () => "opened again"),
          size,
        );
        assert.ok(records.size <= 20_000 / 500);
      }
    }),
    { numRuns: 100 },
  );
});

test("V8 a small record does not hold the large buffer that it came in", () => {
  const records = new OpenedRecords(1_000_000);
  const buffer = Buffer.alloc(65_536, 7);
  let opened = 0;
  const open = () => ++opened;
  records.get(recordOf(1, buffer.subarray(0, 100)), open);
  // Were it a window, it would change with the buffer, and the record would not be known.
  const before = recordOf(1, Uint8Array.from(buffer.subarray(0, 100)));
  buffer.fill(9);
  assert.equal(records.get(before, open), 1);
});
