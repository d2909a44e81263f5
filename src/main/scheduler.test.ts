import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../kernel/quantity.ts";
import { Alarms, wallScheduler } from "./scheduler.ts";

type Move =
  | { readonly do: "set"; readonly when: number }
  | { readonly do: "cancel"; readonly which: number }
  | { readonly do: "take"; readonly until: number };

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("set" as const), when: fc.nat(20) }),
    fc.record({ do: fc.constant("cancel" as const), which: fc.nat(200) }),
    fc.record({ do: fc.constant("take" as const), until: fc.nat(25) }),
  ),
  { maxLength: 200 },
);

test("C1 alarms ring earliest first, of the same instant in the order of their setting, and never when called off", () => {
  fc.assert(
    fc.property(moves, (list) => {
      const alarms = new Alarms();
      const rung: number[] = [];
      const cancels: (() => void)[] = [];
      let naive: { readonly when: number; readonly id: number }[] = [];
      for (const move of list) {
        if (move.do === "set") {
          const id = cancels.length;
          cancels.push(alarms.set(instant(move.when), () => void rung.push(id)));
          naive = [...naive, { when: move.when, id }].toSorted((a, b) => a.when - b.when || a.id - b.id);
        } else if (move.do === "cancel") {
          const which = cancels.length === 0 ? -1 : move.which % cancels.length;
          cancels[which]?.();
          naive = naive.filter(({ id }) => id !== which);
        } else {
          const [first] = naive;
          const due = first !== undefined && first.when <= move.until ? first : null;
          const taken = alarms.take(instant(move.until));
          assert.equal(taken?.when ?? null, due?.when ?? null);
          taken?.act();
          if (due) assert.equal(rung.at(-1), due.id);
          naive = due ? naive.slice(1) : naive;
        }
        assert.equal(alarms.next(), naive[0]?.when ?? null);
      }
    }),
  );
});

test("C2 the wall's alarm rings once its time has come, soon when it is past, and not when called off", async () => {
  // What waits on the wall's clock keeps no process alive.
  const alive = setTimeout(() => undefined, 5000);
  const wall = wallScheduler();
  const rung: string[] = [];
  const begun = wall.now();
  wall.at(begun, () => rung.push("called off"))();
  wall.at(instant(begun + 400 * 86_400_000), () => rung.push("in a year"))();
  wall.at(instant(begun - 1000), () => rung.push("past"));
  await new Promise<void>((resolve) => wall.at(instant(begun + 15), resolve));
  assert.deepEqual(rung, ["past"]);
  assert.ok(wall.now() >= begun + 14, `${wall.now() - begun} ms`);
  wall.hold()();
  clearTimeout(alive);
});
