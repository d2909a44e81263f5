import { expect, test } from "vitest";
import { en, type MessageKey } from "../../i18n/en.ts";
import { eventWords } from "./event-words.ts";

const words = (name: string, data: Record<string, unknown> = {}) =>
  eventWords(
    { name, data },
    {
      t: (key) => en[key],
      word: (list, value) => (en as Record<string, string>)[`${list}.${value}`] ?? value,
      known: (key): key is MessageKey => key in en,
      names: new Map([
        ["participant_q", "Quayside"],
        ["courier_m", "Mia"],
      ]),
    },
  );

test("an assignment says to whom", () => {
  expect(words("LegAssigned", { carrier: "participant_q", courier: "courier_m" })).toEqual({
    what: "Assigned",
    more: "Quayside · Mia",
    weight: "main",
  });
});

test("progress is told by where the leg stands now, a failure stands out", () => {
  expect(words("LegProgressed", { to: "picked_up" })).toMatchObject({ what: "Picked up", weight: "main" });
  expect(words("LegProgressed", { to: "dropoff_failed", reason: "nobody_home" })).toEqual({
    what: "Drop-off failed",
    more: "nobody home",
    weight: "bad",
  });
});

test("an event younger than the console is still readable", () => {
  expect(words("WeatherTurnedBad")).toEqual({ what: "Weather turned bad", more: null, weight: "detail" });
});
