import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { after, instant, seconds } from "../../../kernel/quantity.ts";
import { readDatex } from "./read-datex.ts";

const now = instant(Date.parse("2026-11-21T08:01:00Z"));
const feed = { source: "datex", holds: seconds(1800) };
const publication = readFileSync(join(import.meta.dirname, "fixtures/situation.xml"), "utf8");
const refused = (xml: string) => {
  const answer = readDatex(xml, feed, now);
  return answer.ok ? assert.fail("was read") : answer.refusal;
};

test("F5 a DATEX II publication: its closures with place and time, and a count of what was left out", () => {
  const answer = readDatex(publication, feed, now);
  assert.ok(answer.ok);
  const { report, counts } = answer.value;
  assert.deepEqual(counts, { records: 8, closures: 4, other: 2, dormant: 1, unplaced: 1 });
  assert.equal(report.observedAt, Date.parse("2026-11-21T08:00:00Z"));
  assert.equal(report.validUntil, after(report.observedAt, feed.holds));
  const [line, pointed, bare, ...nights] = report.closures;
  assert.deepEqual(line, {
    where: {
      kind: "line",
      line: [
        [-31.5012, 41.0034],
        [-31.5, 41.0034],
        [-31.5, 41.004],
      ],
    },
    profiles: null,
    from: Date.parse("2026-11-21T06:00:00Z"),
    until: Date.parse("2026-11-22T17:00:00Z"),
  });
  assert.ok(pointed!.where.kind === "line" && pointed!.where.line.every(([, lat]) => Math.abs(lat - 41.01) < 1e-9));
  assert.ok(bare!.where.kind === "area" && bare!.where.ring.length === 4);
  assert.deepEqual(
    nights.map(({ from }) => from),
    [Date.parse("2026-11-21T20:00:00Z"), Date.parse("2026-11-22T20:00:00Z")],
  );
});

test("F6 hostile XML is refused: entities, depth, another namespace, broken, cut", () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>`;
  assert.match(refused(laughs).reason, /document type/);
  assert.match(refused(`<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>`).reason, /document type/);
  assert.match(refused("<a>".repeat(100)).reason, /deeper than 64/);
  assert.match(refused(publication.replaceAll("schema/3/", "schema/2/2_0/")).reason, /no DATEX II version 3/);
  assert.match(refused("<a/>").reason, /no DATEX II version 3/);
  for (const broken of ["", "DATEX", "<a></b>", "<a>&undefined;</a>", "<a b='1' b='2'/>", publication.slice(0, 2000)])
    assert.match(refused(broken).reason, /not well formed/);
  assert.match(refused(`<a>${"x".repeat(300_000)}</a>`).reason, /text of more than/);
});

test("F7 whatever stands in the places and times of a record, nothing throws and no closure lies off the globe", () => {
  const words = fc.constantFrom("41", "-31.5", "x", "1e400", "91", "NaN", "", "0x10", " ");
  fc.assert(
    fc.property(fc.array(words, { maxLength: 8 }), words, fc.string(), (positions, latitude, time) => {
      const safe = time.replace(/[^\w:.+-]/g, "");
      const xml = publication
        .replace("41.0034 -31.5012 41.0034 -31.5000 41.0040 -31.5000", positions.join(" "))
        .replace(">41.01<", `>${latitude}<`)
        .replace("2026-11-21T06:00:00Z", safe);
      const answer = readDatex(xml, feed, now);
      assert.ok(answer.ok);
      for (const { where } of answer.value.report.closures)
        for (const [lon, lat] of where.kind === "line" ? where.line : where.kind === "area" ? where.ring : [])
          assert.ok(Math.abs(lon) <= 180 && Math.abs(lat) <= 90.001);
    }),
  );
});
