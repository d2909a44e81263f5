import assert from "node:assert/strict";
import { request } from "node:http";
import test from "node:test";
import fc from "fast-check";
import { iso, openBench, order } from "./harness.ts";

test("H12 fifty megabytes are refused at once, and the door stands", async () => {
  const bench = await openBench();
  const base = new URL(await bench.app.listen({ host: "127.0.0.1", port: 0 }));
  const key = await bench.key(bench.bakery);
  const size = 50 * 1_048_576;
  for (const [path, type] of [
    ["/v1/orders", "application/json"],
    ["/v1/orders/import", "text/csv"],
    ["/hooks/uber-direct", "application/json"],
  ] as const) {
    const answer = await new Promise<{ status: number; text: string; sent: number }>((resolve, reject) => {
      let sent = 0;
      const call = request({
        host: base.hostname,
        port: base.port,
        path,
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": type, "content-length": size },
      });
      const chunk = Buffer.alloc(65_536, " ");
      const push = (): void => {
        for (; sent < size && !call.destroyed;) {
          sent += chunk.length;
          if (!call.write(chunk)) return void call.once("drain", push);
        }
      };
      call.on("response", (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, text, sent });
          call.destroy();
        });
      });
      call.on("error", reject);
      push();
    });
    assert.equal(answer.status, 413, path);
    assert.equal((JSON.parse(answer.text) as { code: string }).code, "BODY_TOO_LARGE");
    assert.ok(answer.sent < size / 2, `${path}: ${answer.sent} bytes were taken`);
  }
  assert.equal((await bench.call(key, "GET", "/v1/orders")).status, 200);
});

test("H12 of five thousand rows 37 are bad: all 37 are explained, the others are in, and the import can be undone", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const bad = new Map<number, readonly [column: string, code: string]>();
  const kinds = [
    ["weight", "CELL_NOT_A_NUMBER"],
    ["deliver by", "CELL_NOT_A_TIME"],
    ["address", "ADDRESS_NOT_FOUND"],
    ["name", "CELL_MISSING"],
    ["deliver by", "WINDOW_IS_PAST"],
  ] as const;
  const rows = Array.from({ length: 5000 }, (_, index) => {
    const cells = {
      ref: `R-${index}`,
      sender: "Bakery",
      from: "Harbour Street 1",
      name: "Ana",
      address: `Mill Lane ${1 + (index % 100)}`,
      until: iso(240),
      weight: "500",
    };
    if (index % 135 === 7 && bad.size < 37) {
      const kind = kinds[bad.size % kinds.length]!;
      bad.set(index + 2, kind);
      if (kind[1] === "CELL_NOT_A_NUMBER") cells.weight = "heavy";
      if (kind[1] === "CELL_NOT_A_TIME") cells.until = "tomorrow";
      if (kind[1] === "ADDRESS_NOT_FOUND") cells.address = "Nowhere 1";
      if (kind[1] === "CELL_MISSING") cells.name = "";
      if (kind[1] === "WINDOW_IS_PAST") cells.until = iso(-60);
    }
    return Object.values(cells).join(";");
  });
  assert.equal(bad.size, 37);
  const file = `\uFEFFref;sender;sender address;name;address;deliver by;weight\r\n${rows.join("\r\n")}\r\n`;

  const looked = (await bench.call(key, "POST", "/v1/orders/import?dryRun=true", file, { "content-type": "text/csv" }))
    .body;
  assert.deepEqual([looked.taken, looked.refused, looked.importId], [4963, 37, null]);
  assert.equal((await bench.call(key, "GET", "/v1/orders")).body.orders.length, 0);

  const { body } = await bench.call(key, "POST", "/v1/orders/import", file, { "content-type": "text/csv" });
  assert.deepEqual([body.rows, body.taken, body.refused], [5000, 4963, 37]);
  const told = new Map(
    (body.problems as { row: number; column: string; code: string; mend: string }[]).map((one) => [one.row, one]),
  );
  assert.equal(told.size, 37);
  for (const [row, [column, code]] of bad) {
    assert.deepEqual([told.get(row)?.column, told.get(row)?.code], [column, code], `row ${row}`);
    assert.ok(told.get(row)!.mend.length > 10);
  }
  const { counts } = (await bench.call(key, "GET", `/v1/orders?importedBy=${body.importId}`)).body;
  assert.equal(
    Object.values(counts as Record<string, number>).reduce((a, b) => a + b, 0),
    4963,
  );

  const undone = (await bench.call(key, "POST", `/v1/imports/${body.importId}/undo`, {})).body;
  assert.equal(undone.outcomes.length, 4963);
  assert.equal(undone.cancelled, 4963);
});

test("H12 what places mean is checked: reversed windows, swapped and far coordinates", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const cases = [
    [{ dropoffWindow: { earliest: iso(120), latest: iso(60) } }, "WINDOW_ENDS_BEFORE_IT_STARTS", "dropoffWindow"],
    [{ dropoff: { name: "Ana", point: [41.15, -8.6] } }, "COORDINATES_SWAPPED", "dropoff.point"],
    [{ dropoff: { name: "Ana", point: [2.35, 48.85] } }, "POINT_OUTSIDE_CITY", "dropoff.point"],
    [{ dropoff: { name: "Ana", point: [-8.699, 41.101] } }, "POINT_FAR_FROM_ROAD", "dropoff.point"],
    [{ dropoff: { name: "Ana", point: [-8.6, 200] } }, "FIELD_WRONG", "dropoff.point"],
    [{ readyAt: "2026-02-31T10:00:00Z" }, "FIELD_WRONG", "readyAt"],
    [{ dropoff: { name: "Ana" } }, "PLACE_MISSING", "dropoff"],
  ] as const;
  for (const [more, code, field] of cases) {
    const { status, body } = await bench.call(key, "POST", "/v1/orders", order(more));
    assert.deepEqual([body.code, body.field], [code, field], JSON.stringify(body));
    assert.ok(status === 422 || status === 400);
  }
  assert.equal((await bench.call(key, "GET", "/v1/orders")).body.orders.length, 0);
});

test("H12 no JSON whatever makes the door stumble", async () => {
  const bench = await openBench({ requestsPerMinute: 100_000 });
  const key = await bench.key(bench.bakery);
  await fc.assert(
    fc.asyncProperty(
      fc.jsonValue({ maxDepth: 8 }),
      fc.constantFrom("/v1/orders", "/v1/orders/quote", "/v1/couriers", "/v1/positions", "/v1/keys"),
      async (value, url) => {
        const { status, body } = await bench.call(key, "POST", url, JSON.stringify(value));
        assert.ok(status >= 400 && status < 500, `${status} for ${JSON.stringify(value)}`);
        assert.ok(typeof body.code === "string" && typeof body.mend === "string");
      },
    ),
    { numRuns: 300 },
  );
  assert.deepEqual(bench.logged, []);
});

test("H12 an export holds nothing that a spreadsheet would run, and comes back in as it went out", async () => {
  const bench = await openBench();
  const [key, other] = await Promise.all([bench.key(bench.bakery), bench.key(bench.bookshop)]);
  const evil = '=HYPERLINK("http://evil.example","x")';
  const placed = await bench.call(
    key,
    "POST",
    "/v1/orders",
    order({ reference: "+1", dropoff: { name: evil, address: "Mill Lane 7", notes: "@SUM(A1)" } }),
  );
  assert.equal(placed.status, 201);
  const file = (await bench.call(key, "GET", "/v1/orders/export.csv")).text;
  for (const cell of file.split(/[,\r\n]/)) assert.ok(!/^"?[=+@]/.test(cell), cell);

  const again = (await bench.call(other, "POST", "/v1/orders/import", file, { "content-type": "text/csv" })).body;
  assert.deepEqual([again.taken, again.problems], [1, []]);
  const { body } = await bench.call(other, "GET", `/v1/orders/${again.preview[0].order}`);
  assert.deepEqual([body.reference, body.dropoff.contact.name, body.dropoff.contact.notes], ["+1", evil, "@SUM(A1)"]);
});

test("H12 the template is taken as it is", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const file = (await bench.call(null, "GET", "/v1/orders/template.csv")).text;
  const { body } = await bench.call(key, "POST", "/v1/orders/import", file, { "content-type": "text/csv" });
  assert.deepEqual([body.taken, body.problems], [2, []], JSON.stringify(body));
  assert.ok(body.notes.some((note: string) => note.includes("Europe/Lisbon")));
});
