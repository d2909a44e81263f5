import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { readPartners, runEdi, type RunningEdi } from "../../src/doors/edi/index.ts";
import { explain } from "../../src/main/edi.ts";
import { openBench, type Bench } from "./harness.ts";
import { until } from "./until.ts";

interface EdiBench extends Bench {
  readonly edi: RunningEdi;
  readonly root: string;
  readonly baker: string;
  send(text: string, headers?: Record<string, string>): ReturnType<Bench["call"]>;
  /** What lies in a folder of a partner, as text, in the order of the names. */
  lying(folder: string): Promise<readonly string[]>;
}

async function openEdiBench(): Promise<EdiBench> {
  const root = await mkdtemp(join(tmpdir(), "milepool-edi-"));
  let edi: RunningEdi | null = null;
  const common = { zone: "UTC", currency: "EUR", isTest: true, lineEnds: "\n", us: { qualifier: "02", id: "SCAC" } };
  const bench = await openBench({
    edi: async ({ network, bakery, partner }) =>
      (edi = await runEdi({
        network,
        ...{ root, explain },
        partners: readPartners([
          {
            ...{ id: "bakery", role: "shipper", syntax: "x12", scac: "SCAC", ...common },
            participant: bakery.id,
            them: { qualifier: "ZZ", id: "SHIPPER" },
            codes: { write: { handed_over: "CD", assigned: "XX" } },
            places: { S1: { name: "Corner Bakery", address: "Harbour Street 1" } },
          },
          {
            ...{ id: "vans", role: "carrier", syntax: "x12", scac: "VANS", ...common },
            participant: partner.id,
            them: { qualifier: "02", id: "VANS" },
          },
          {
            ...{ id: "bakery-edifact", role: "shipper", syntax: "edifact", scac: "SCAC", ...common },
            participant: bakery.id,
            them: { qualifier: "14", id: "5412345000013" },
          },
        ]),
        log: (what, error) => assert.fail(`${what}: ${String(error)}`),
      })),
  });
  after(() => rm(root, { recursive: true })); // once the door is closed: hooks run in the order of their making
  const baker = await bench.key(bench.bakery);
  const send: EdiBench["send"] = (text, headers = {}) =>
    bench.call(baker, "POST", "/v1/edi", text, { "content-type": "application/edi-x12", ...headers });
  const lying: EdiBench["lying"] = async (folder) => {
    const names = (await readdir(join(root, folder))).filter((name) => !name.startsWith(".")).toSorted();
    return Promise.all(names.map((name) => readFile(join(root, folder, name), "utf8")));
  };
  return { ...bench, edi: edi!, root, baker, send, lying };
}

let control = 100;

/** An interchange of the shipper's with these sets, from B2 on; segments parted by `~`. */
function interchange(
  bodies: readonly string[],
  number = ++control,
  [from, to]: readonly [string, string] = ["ZZ*SHIPPER        ", "02*SCAC           "],
): string {
  const nine = String(number).padStart(9, "0");
  const type = bodies[0]!.startsWith("B2")
    ? ["SM", "204"]
    : bodies[0]!.startsWith("B1*")
      ? ["GF", "990"]
      : bodies[0]!.startsWith("B10")
        ? ["QM", "214"]
        : ["IM", "210"];
  const sets = bodies.map((body, index) => {
    const id = String(index + 1).padStart(4, "0");
    return `ST*${type[1]}*${id}~${body}~SE*${body.split("~").length + 2}*${id}~`;
  });
  return `ISA*00*          *00*          *${from}*${to}*261121*0930*U*00401*${nine}*0*T*>~GS*${type[0]}*SHIPPER*SCAC*20261121*0930*${number}*X*004010~${sets.join("")}GE*${bodies.length}*${number}~IEA*1*${nine}~`;
}

const drop = (number: number, address: string, until_ = "1500"): string =>
  `S5*${number}*CU*2*K*1*PC~G62*54*20261121*L*${until_}*LT~N1*ST*Customer ${number}~N3*${address}~G61*IC*Ana*TE*+351900000001`;
const tender = (
  load: string,
  drops: readonly string[],
  { purpose = "00", respondBy = "20261121*1*1200", scac = "SCAC" } = {},
): string =>
  [
    `B2**${scac}**${load}**PP~B2A*${purpose}*LT~G62*64*${respondBy}*LT~S5*1*CL*2*K~G62*37*20261121*I*0900*LT~N1*SF*Store*93*S1`,
    ...drops,
  ].join("~");

/** The segments of the reply that matter: 990, its reason, and what 997 and TA1 say. */
const said = (text: string): readonly string[] =>
  text.split(/~\s*/).filter((segment) => /^(B1|K1|AK5|AK9|TA1)\*/.test(segment));

const orders = async (bench: EdiBench): Promise<readonly { id: string; reference: string; state: string }[]> =>
  (await bench.call(bench.baker, "GET", "/v1/orders?sort=placed")).body.orders;

test("T1 a load of several stops becomes an order for each, is acknowledged and accepted; sent again it makes nothing", async () => {
  const bench = await openEdiBench();
  const text = interchange([tender("LOAD1", [drop(2, "Mill Lane 7"), drop(3, "Old Road 9")])]);
  const first = await bench.send(text);
  assert.equal(first.status, 200, first.text);
  assert.deepEqual(said(first.body.reply), ["AK5*A", "AK9*A*1*1*1", "B1*SCAC*LOAD1*20261121*A"]);
  assert.equal(first.body.interchanges[0].sets[0].orders.length, 2);
  assert.deepEqual((await orders(bench)).map(({ reference }) => reference).toSorted(), ["LOAD1/2", "LOAD1/3"]);

  const again = await bench.send(text);
  assert.deepEqual(again.body.interchanges, first.body.interchanges);
  assert.equal((await orders(bench)).length, 2);
  const other = await bench.send(interchange([tender("LOAD9", [drop(2, "Mill Lane 7")])], control));
  assert.deepEqual(
    said(other.body.reply).map((segment) => segment.replace(/\d{6}\*\d{4}(?=\*R)/, "…")),
    [`TA1*000000${control}*…*R*025`],
  );
  assert.equal((await orders(bench)).length, 2);
});

test("T2 what cannot be done is a 990 D with its reason, and never half a load; form is acknowledged all the same", async () => {
  const bench = await openEdiBench();
  const cases: readonly (readonly [string, RegExp])[] = [
    [tender("A", [drop(2, "Mill Lane 7"), drop(3, "Nowhere Alley 3")]), /A\/3: .*addr/i],
    [tender("B", [drop(2, "Mill Lane 7")], { respondBy: "20261121*1*0800" }), /time to respond is over/],
    [tender("C", [drop(2, "Mill Lane 7")], { scac: "ELSE" }), /for the carrier ELSE/],
    [tender("D", []), /no stop/],
    [tender("E", [drop(2, "Mill Lane 7").replace("CU*2*K*1*PC", "CU")]).replace("CL*2*K", "CL"), /no weight/],
    [tender("F", [drop(2, "Mill Lane 7", "0100")]), /F: /],
  ];
  const answer = await bench.send(interchange(cases.map(([body]) => body)));
  assert.match(answer.body.reply, /AK9\*A\*6\*6\*6/);
  for (const [index, [, reason]] of cases.entries()) {
    const { taken, words } = answer.body.interchanges[0].sets[index];
    assert.equal(taken, false);
    assert.match(words.join(" "), reason);
  }
  assert.equal(said(answer.body.reply).filter((segment) => /^B1\*.*\*D$/.test(segment)).length, 6);
  assert.equal((await orders(bench)).length, 0);
  const unclear = tender("G", [drop(3, "Old Road 9"), drop(4, "Old Road 11")]).replace(
    "~S5*3",
    "~S5*2*LD~N1*SF*Store*93*S1~S5*3",
  );
  assert.match(
    (await bench.send(interchange([unclear]))).body.interchanges[0].sets[0].words[0],
    /shares a reference with 0/,
  );
  const none = tender("H", [drop(2, "Mill Lane 7")]);
  assert.equal(
    (await bench.send(interchange([none]).replace("*SHIPPER  ", "*STRANGER "))).body.interchanges[0].partner,
    null,
  );
});

test("T3 a load is changed, replaced and cancelled under its number", async () => {
  const bench = await openEdiBench();
  const send = async (body: string): Promise<readonly string[]> =>
    said((await bench.send(interchange([body]))).body.reply).filter((one) => /^[BK]1/.test(one));
  const yes = ["B1*SCAC*L*20261121*A"];
  assert.deepEqual(await send(tender("L", [drop(2, "Mill Lane 7")])), yes);
  assert.match((await send(tender("L", [drop(2, "Mill Lane 7")])))[1]!, /there already/);
  assert.deepEqual(await send(tender("L", [drop(2, "Mill Lane 7", "1700")], { purpose: "04" })), yes);
  const [changed] = (await bench.call(bench.baker, "GET", "/v1/orders")).body.orders;
  assert.equal(changed.dropoffWindow.latest, "2026-11-21T17:00:00.000Z");
  assert.match((await send(tender("L", [drop(2, "Old Road 9")], { purpose: "04" })))[0]!, /D$/);
  assert.deepEqual(await send(tender("L", [drop(2, "Old Road 9")], { purpose: "05" })), yes);
  await until(async () =>
    (await orders(bench)).filter(({ state }) => state !== "cancelled").length === 1 ? true : null,
  );
  assert.deepEqual(await send(tender("L", [], { purpose: "01" })), yes);
  await until(async () => ((await orders(bench)).every(({ state }) => state === "cancelled") ? true : null));
  assert.equal((await orders(bench)).length, 2);
});

test("D1 a broken set is told with its place, the good one beside it goes through, and raw bytes come back to who asks for them", async () => {
  const bench = await openEdiBench();
  const text = interchange([
    tender("OK", [drop(2, "Mill Lane 7")]),
    tender("BAD", [drop(2, "Mill Lane 7")]).replace("20261121*I", "20261399*I"),
  ]);
  const raw = await bench.send(text, {
    accept: "application/edi-x12",
    "as2-from": "SHIPPER",
    "as2-to": "MILEPOOL",
    "message-id": "<1@shop>",
  });
  assert.equal(raw.headers["content-type"], "application/edi-x12");
  assert.deepEqual(
    [raw.headers["as2-from"], raw.headers["as2-to"], raw.headers["original-message-id"]],
    ["MILEPOOL", "SHIPPER", "<1@shop>"],
  );
  assert.deepEqual(said(raw.text), ["AK5*A", "AK5*R*5", "AK9*P*2*2*1", "B1*SCAC*OK*20261121*A"]);
  assert.match(raw.text, /AK3\*G62\*6\*\*8~\nAK4\*2\*373\*8\*20261399/);
  assert.deepEqual(
    (await orders(bench)).map(({ reference }) => reference),
    ["OK"],
  );
  for (const [body, code, status] of [
    ["Dear Sir", "EDI_NOT_EDI", 422],
    ["ISA*00*broken", "EDI_HEADER_BROKEN", 422],
    [`${text.slice(0, 106)}${"A~".repeat(100_001)}`, "EDI_TOO_LARGE", 413],
  ] as const) {
    const refused = await bench.send(body);
    assert.deepEqual([refused.status, refused.body.code], [status, code]);
  }
  const plain = await openBench();
  const none = await plain.call(await plain.key(plain.bakery), "POST", "/v1/edi", text, {
    "content-type": "application/edi-x12",
  });
  assert.equal(none.body.code, "EDI_NOT_SET_UP");
});

test("P1 P2 O1 O2 a load comes by file, is tendered on by 204, answered by 990, told by 214 both ways and billed by 210", async () => {
  const bench = await openEdiBench();
  const { root, edi, lying } = bench;
  await edi.settle();
  const put = async (partner: string, name: string, text: string): Promise<void> => {
    await writeFile(join(root, partner, `${name}.part`), text);
    await rename(join(root, partner, `${name}.part`), join(root, partner, "in", name));
    await edi.settle();
  };
  const sets = async (partner: string, tag: string): Promise<readonly string[]> => {
    await edi.settle();
    return (await lying(`${partner}/out`)).flatMap((text) =>
      text.split("~\n").filter((segment) => segment.startsWith(`${tag}*`)),
    );
  };
  await put("bakery", "tender.edi", interchange([tender("LOAD7", [drop(2, "Mill Lane 7")])]));
  assert.deepEqual(await readdir(join(root, "bakery/in")), []);
  assert.equal((await readdir(join(root, "bakery/done"))).length, 2);

  const [b2] = await until(async () => ((await sets("vans", "B2")).length > 0 ? sets("vans", "B2") : null));
  const load = b2!.split("*")[4]!;
  const [asked] = (await lying("vans/out")).filter((text) => text.includes("B2A*00"));
  assert.match(asked!, /N3\*Mill Lane 7/);
  assert.ok(!asked!.includes("Customer 2") && !asked!.includes("+351"), "who is only asked does not learn whom");
  const fromVans: readonly [string, string] = ["02*VANS           ", "02*SCAC           "];
  await put("vans", "yes.edi", interchange([`B1*VANS*${load}*20261121*A`], ++control, fromVans));
  await until(async () => ((await sets("vans", "B2A")).includes("B2A*04*LT") ? true : null));
  assert.ok(
    (await lying("vans/out")).some((text) => text.includes("N1*ST*Customer 2") && text.includes("TE*+351900000001")),
  );

  const status = (code: string, time: string): string =>
    `B10*PRO1*${load}*VANS~LX*1~AT7*${code}*NS***20261121*${time}*LT`;
  await put(
    "vans",
    "statuses.edi",
    interchange(
      [status("X3", "0905"), status("AF", "0910"), status("X1", "0920"), status("ZZ", "0921"), status("D1", "0925")],
      ++control,
      fromVans,
    ),
  );
  const record = JSON.parse((await lying("vans/done")).find((text) => text.includes("is handed_over"))!);
  assert.deepEqual(
    record.interchanges[0].sets.map(({ taken }: { taken: boolean }) => taken),
    [true, true, true, false, true],
  );
  assert.match(record.interchanges[0].sets[3].words[0], /ZZ is in no table/);
  const bill = await until(async () => ((await sets("bakery", "B3")).length > 0 ? sets("bakery", "B3") : null));
  assert.match(bill[0]!, /^B3\*\*\w{20}\*LOAD7\*PP\*\*20261121\*\d+/);
  assert.deepEqual(
    (await sets("bakery", "AT7")).map((segment) => segment.split("*")[1]),
    ["XB", "XX", "X3", "AF", "X1", "CD"],
    "each in order, by the partner's own table",
  );
  assert.ok((await sets("bakery", "B10")).every((segment) => segment.split("*")[2] === "LOAD7"));

  const { money } = (
    await bench.call(await bench.key("network"), "GET", `/v1/orders/${(await orders(bench))[0]!.id}/money`)
  ).body;
  const agreed = money.find((one: { account: string }) => one.account === "receivable").amount.amount;
  const invoice = (cents: number): string => `B3**V1*${load}*PP**20261121*${cents}****VANS~C3*EUR`;
  await put("vans", "bills.edi", interchange([invoice(agreed), invoice(agreed + 1)], ++control, fromVans));
  const bills = JSON.parse((await lying("vans/done")).find((text) => text.includes("invoice V1"))!);
  assert.deepEqual(
    bills.interchanges[0].sets.map(({ taken }: { taken: boolean }) => taken),
    [true, false],
  );
  await put("vans", "late.edi", interchange([`B1*VANS*${load}*20261121*A`], ++control, fromVans));
  assert.ok((await lying("vans/done")).some((text) => text.includes("waits for an answer")));
});

test("P1 a file is taken once, whatever breaks off in between; what is none is refused with its reason", async () => {
  const bench = await openEdiBench();
  const { root, edi, lying } = bench;
  const text = interchange([tender("ONCE", [drop(2, "Mill Lane 7")])]);
  const inbox = join(root, "bakery/in/a.edi");
  await writeFile(inbox, text);
  await edi.settle();
  // As after a crash before the file was moved: the record is there, the file still lies in `in`.
  await rename(join(root, "bakery/done/a.edi"), inbox);
  const before = (await lying("bakery/out")).length;
  await edi.settle();
  assert.equal((await lying("bakery/out")).length, before, "not answered twice");
  assert.deepEqual(await readdir(join(root, "bakery/in")), []);
  // As after a crash before the record: everything is done again, and nothing twice.
  await rename(join(root, "bakery/done/a.edi"), inbox);
  await rm(join(root, "bakery/done/a.edi.json"));
  await edi.settle();
  assert.deepEqual(
    (await orders(bench)).map(({ reference }) => reference),
    ["ONCE"],
  );
  await writeFile(join(root, "bakery/in/half.part"), "ISA");
  await writeFile(join(root, "bakery/in/letter.txt"), "Dear Sir");
  await edi.settle();
  assert.deepEqual(await readdir(join(root, "bakery/in")), ["half.part"]);
  assert.match((await lying("bakery/refused")).join(), /EDI_NOT_EDI/);
});

test("T1 T2 D1 in EDIFACT: IFTMIN becomes orders, CONTRL speaks of its form, IFTSTA of the rest", async () => {
  const bench = await openEdiBench();
  const iftmin = (reference: number, load: string, address: string): string =>
    [
      `UNH+${reference}+IFTMIN:D:01B:UN`,
      `BGM+610+${load}+9`,
      "NAD+SF+++Corner Bakery+Harbour Street 1",
      "NAD+ST+++Ana O?'Sousa+" + address,
      "DTM+63:202611211500:203",
      "GID+1+2:PK",
      "MEA+AAE+G+KGM:2.5",
      `UNT+8+${reference}`,
    ].join("'");
  const text = `UNB+UNOC:3+5412345000013:14+SCAC:02+261121:0930+41++++++1'${iftmin(1, "E1", "Mill Lane 7")}'${iftmin(2, "E2", "Nowhere 1")}'${iftmin(3, "E3", "Mill Lane 9").replace("202611211500", "202613211500")}'UNZ+3+41'`;
  const answer = await bench.send(text, { "content-type": "application/edifact" });
  assert.equal(answer.status, 200, answer.text);
  const segments = (answer.body.reply as string).split(/'\s*/);
  assert.deepEqual(
    segments.filter((one) => /^(UCI|UCM|UCS|UCD|CNI|STS)/.test(one)),
    [
      "UCI+41+5412345000013:14+SCAC:02+7",
      "UCM+1+IFTMIN:D:01B:UN+7",
      "UCM+2+IFTMIN:D:01B:UN+7",
      "UCM+3+IFTMIN:D:01B:UN+4",
      "UCS+5",
      "UCD+12+1:2",
      "CNI+1+E1",
      "STS+1+1",
      "CNI+1+E2",
      "STS+1+77",
    ],
  );
  assert.match(
    segments.find((one) => one.startsWith("FTX"))!,
    /E2\?: .*address/i,
  );
  const [placed] = (await bench.call(bench.baker, "GET", "/v1/orders?contacts=true")).body.orders;
  assert.deepEqual([placed.reference, placed.dropoff.contact.name, placed.parcels.length], ["E1", "Ana O'Sousa", 2]);
  const again = await bench.send(text, { "content-type": "application/edifact" });
  assert.deepEqual(again.body.interchanges[0].sets[0].orders, answer.body.interchanges[0].sets[0].orders);
  assert.equal((await orders(bench)).length, 1);

  assert.equal((await bench.call(bench.baker, "POST", `/v1/orders/${placed.id}/cancel`, {})).status, 200);
  const out = await until(async () => {
    await bench.edi.settle();
    const lying = await bench.lying("bakery-edifact/out");
    return lying.some((one) => one.includes("STS+1+77")) ? lying : null;
  });
  assert.ok(
    out.some((one) => one.includes("STS+1+1'") && one.includes("CNI+1+E1'")),
    "told as it went",
  );
});
