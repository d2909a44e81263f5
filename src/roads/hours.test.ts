import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readClauses, readConditionals, tagsAt, valueAt } from "./conditions.ts";
import { isWithin, type Moment, readHours } from "./hours.ts";
import { vehicleOf } from "./profiles.ts";

const days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
/** `"Tu 08:30"`, with a date of June unless given as `"Tu 08:30 12-24"`; `PH` marks a holiday. */
function at(text: string): Moment {
  const [day, time, date = "06-15", holiday] = text.split(" ");
  const [hours, minutes] = time!.split(":").map(Number);
  const [month, dayOfMonth] = date.split("-").map(Number);
  const isHoliday = holiday === "PH";
  return { weekday: days.indexOf(day!), minute: hours! * 60 + minutes!, month: month!, day: dayOfMonth!, isHoliday };
}
const within = (hours: string, moment: string): boolean => isWithin(readHours(hours)!, at(moment));

test("R13 hours are read as the opening hours of OpenStreetMap: days, times, seasons, holidays, over midnight", () => {
  const cases: readonly (readonly [hours: string, inside: string, outside: string])[] = [
    ["07:00-11:00", "Su 07:00", "Su 11:00"],
    ["Mo-Fr 07:00-11:00", "Fr 10:59", "Sa 10:00"],
    ["Mo,We 07:00-11:00", "We 08:00", "Tu 08:00"],
    ["Sa-Mo", "Su 23:00", "Tu 00:00"],
    ["Mo-Fr 07:00-11:00,15:00-18:00", "Mo 17:00", "Mo 12:00"],
    ["Mo-Fr 07:00-11:00, Sa 08:00-10:00", "Sa 09:00", "Sa 10:30"],
    ["Mo-Fr 07:00-11:00; Fr 08:00-09:00", "Th 10:00", "Fr 10:00"],
    ["22:00-06:00", "Mo 05:59", "Mo 06:00"],
    ["Fr 22:00-06:00", "Sa 05:00", "Fr 05:00"],
    ["24/7", "Su 00:00", ""],
    ["Mo-Fr 07:00-11:00; PH off", "Mo 08:00", "Mo 08:00 06-15 PH"],
    ["Su,PH 00:00-24:00", "We 12:00 06-15 PH", "We 12:00"],
    ["Nov-Mar", "Mo 12:00 01-15", "Mo 12:00 04-01"],
    ["May 15-Sep 15 10:00-18:00", "Mo 12:00 05-15", "Mo 12:00 05-14"],
    ["Jun 10-20", "Mo 12:00 06-20", "Mo 12:00 06-21"],
    ["Dec", "Mo 12:00 12-24", "Mo 12:00 11-30"],
  ];
  for (const [hours, inside, outside] of cases) {
    assert.ok(within(hours, inside), `${hours} holds ${inside}`);
    if (outside !== "") assert.ok(!within(hours, outside), `${hours} does not hold ${outside}`);
  }
});

test("R13 what is not understood is not read at all", () => {
  for (const text of ["sunrise-sunset", "SH", "Mo[1] 08:00-10:00", "week 1-10", "08:00+", "easter", "Mo-", "", "25"])
    assert.equal(readHours(text), null, text);
});

test("R13 no text, however broken, ends in an exception", () => {
  const part = fc.constantFrom(
    "Mo",
    "-",
    ",",
    ";",
    "07:00",
    "Jan",
    "12",
    "PH",
    "off",
    " ",
    "@",
    "(",
    ")",
    "AND",
    "x",
    ">",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const hours = readHours(parts.join(" "));
      if (hours !== null) assert.equal(typeof isWithin(hours, at("Mo 07:00")), "boolean");
      valueAt(readClauses(parts.join(" ")), at("Mo 07:00"), vehicleOf("van"));
    }),
    { numRuns: 500 },
  );
});

test("R14 the last clause in force is the value; a condition that cannot be known leaves its clause out", () => {
  const van = vehicleOf("van", { emission: 3 });
  const read = (text: string, moment = "Mo 08:00", vehicle = van): string | null =>
    valueAt(readClauses(text), at(moment), vehicle);
  assert.equal(read("delivery @ (Mo-Fr 07:00-11:00)"), "delivery");
  assert.equal(read("delivery @ (Mo-Fr 07:00-11:00)", "Sa 08:00"), null);
  assert.equal(read("no @ (07:00-11:00; 15:00-18:00)", "Mo 16:00"), "no");
  assert.equal(read("30 @ (06:00-20:00); 20 @ (07:00-09:00)"), "20");
  assert.equal(read("30 @ (06:00-20:00); 20 @ (07:00-09:00)", "Mo 10:00"), "30");
  assert.equal(read("no @ weight>3"), "no");
  assert.equal(read("no @ (weight > 7.5)"), null);
  assert.equal(read("no @ (weight >= 3500 kg AND Mo-Fr)"), "no");
  assert.equal(read("no @ (length>5 AND Mo-Fr 07:00-11:00)", "Mo 12:00"), null);
  assert.equal(read("no @ (emission<euro_4)"), "no");
  assert.equal(read("no @ (emission<euro_4)", "Mo 08:00", vehicleOf("van", { emission: "electric" })), null);
  assert.equal(read("no @ (emission<euro_4)", "Mo 08:00", vehicleOf("van")), null);
  assert.equal(read("yes @ delivery"), "delivery");
  assert.equal(read("80 @ wet"), null);
  assert.equal(read("no"), null);
});

test("R14 unknown conditions are counted, those about the vehicle too when it does not say", () => {
  const unknown = (value: string, emission: number | null): number =>
    readConditionals({ "motor_vehicle:conditional": value }, vehicleOf("van", { emission }))!.unknown;
  assert.equal(unknown("no @ (emission<euro_4)", 3), 0);
  assert.equal(unknown("no @ (emission<euro_4)", null), 1);
  assert.equal(unknown("no @ (sunrise-sunset); no @ snow", 3), 2);
});

test("R14 a conditional tag in force replaces its plain one", () => {
  const tags = { maxspeed: "50", "maxspeed:conditional": "30 @ (22:00-06:00)" };
  const conditionals = readConditionals(tags, vehicleOf("car"))!;
  assert.equal(tagsAt(tags, conditionals, at("Mo 23:00"), vehicleOf("car"))["maxspeed"], "30");
  assert.equal(tagsAt(tags, conditionals, at("Mo 12:00"), vehicleOf("car"))["maxspeed"], "50");
  assert.equal(readConditionals({ maxspeed: "50" }, vehicleOf("car")), null);
});
