import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ConnectionDropped,
  makers,
  type FaultPlan,
  type PlatformMaker,
  type PlatformSimulator,
} from "../../../simulators/platforms/index.ts";
import { calm, millbrook } from "../../../simulators/platforms/testing/millbrook.ts";
import { virtualWorld, type VirtualWorld } from "../../../simulators/platforms/testing/virtual-world.ts";
import type { DeliveryReport } from "../../domain/index.ts";
import type {
  Errand,
  PlatformConnector,
  PlatformQuote,
  RawWebhook,
  Transport,
  WireAnswer,
} from "../../journey/dispatch/ports.ts";
import { instant } from "../../kernel/quantity.ts";
import { outage, type Outage } from "../../kernel/result.ts";
import { seeded } from "../../kernel/rng.ts";
import { Connection, credentialsFor, platformKinds, type Capability, type PlatformKind } from "./index.ts";
import { isOutage } from "./shared/http.ts";
import { errand as oneErrand, ownChoice } from "./shared/testing.ts";

/** Requests straight into the simulator; a connection dropped, or silence until the timeout, is an outage. */
const inside = (simulator: PlatformSimulator, world: VirtualWorld): Transport => ({
  send: ({ method, url, headers, body, timeout_ms }) => {
    const { pathname, search } = new URL(url);
    const answer = simulator.handle({ method, path: pathname + search, headers, body: body ?? new Uint8Array() });
    return new Promise<WireAnswer | Outage>((resolve) => {
      world.after(timeout_ms, () => resolve(outage("no answer in time", true)));
      answer.then(resolve, (error: unknown) =>
        resolve(outage(error instanceof ConnectionDropped ? "dropped" : String(error), true)),
      );
    });
  },
});

interface Rig {
  readonly world: VirtualWorld;
  readonly simulator: PlatformSimulator;
  readonly connector: PlatformConnector;
  /** What webhooks told, oldest first; those refused are counted in `health`. */
  readonly heard: DeliveryReport[];
}

/** The platform over Millbrook and its connector, linked as a newcomer would: by the credentials that the simulator prints. */
function rigOf(kind: PlatformKind, { platform, make }: PlatformMaker, seed: number): Rig {
  const world = virtualWorld(seed);
  for (const { address, longitude, latitude } of Object.values(millbrook))
    world.places.set(address, [longitude, latitude]);
  const simulator = make(world, {
    market: calm,
    examples: millbrook,
    sandbox: false,
    webhookUrl: `http://us.test/hooks/${platform}`,
    publicUrl: `http://${platform}.test`,
    limited: false,
    secrets: seeded(`secrets of ${platform}`),
  });
  const wait = (ms: number) => new Promise<void>((resolve) => world.after(ms, resolve));
  const connector = new Connection(
    kind,
    { transport: inside(simulator, world), clock: world.clock, rng: seeded("connector"), wait },
    {
      credentials: credentialsFor(kind, { ...ownChoice, ...simulator.credentials }),
      baseUrl: `http://${platform}.test`,
      fallbackPhone: "+12025550100",
    },
  );
  const heard: DeliveryReport[] = [];
  world.answers = (request: RawWebhook) => {
    const told = connector.receive(request);
    if (told.ok) heard.push(...told.value);
    return told.ok ? 200 : 400;
  };
  return { world, simulator, connector, heard };
}

function errandIn(world: VirtualWorld, key = "leg_1-0", order: Partial<Errand["order"]> = {}): Errand {
  const contact = ({ name, phone, address, longitude, latitude }: typeof millbrook.pickup) => ({
    name,
    phone,
    email: null,
    address,
    notes: null,
    point: [longitude, latitude] as const,
  });
  const window = { earliest: null, latest: instant(world.clock.now() + 7_200_000) };
  const plain = oneErrand({ key, pickup: contact(millbrook.pickup), dropoff: contact(millbrook.dropoff) }, order, {
    readyAt: world.clock.now(),
    dropoffWindow: window,
  });
  const inUs = { ...plain.leg.from, jurisdiction: "US" };
  return { ...plain, leg: { ...plain.leg, from: inUs, to: inUs } };
}

/** What came of a call; anything but a yes is shown by the test that fails. */
function yes<Value>(
  told: Awaited<ReturnType<PlatformConnector["find"]>> | { ok: true; value: Value } | { ok: false } | Outage,
): Value {
  assert.ok(!isOutage(told) && told.ok, JSON.stringify(told));
  return told.value as Value;
}

async function booked(
  { world, connector }: Rig,
  key?: string,
  order: Partial<Errand["order"]> = {},
): Promise<DeliveryReport> {
  const errand = errandIn(world, key, order);
  const quote = yes<PlatformQuote>(await world.until(connector.quote(errand)));
  return yes<DeliveryReport>(await world.until(connector.book(errand, quote)));
}

const makerOf = (kind: PlatformKind): PlatformMaker | undefined =>
  makers.find(({ platform }) => platform === kind.platform);

test("C9 every platform that can be linked has a simulator, whose printed credentials are what linking takes", () => {
  for (const kind of platformKinds) {
    const maker = makerOf(kind);
    assert.ok(maker, kind.platform);
    const { simulator } = rigOf(kind, maker, 1);
    for (const name of kind.credentials)
      assert.ok(simulator.credentials[name] ?? ownChoice[name], `${kind.name}: ${name}`);
  }
});

for (const kind of platformKinds.filter(makerOf)) {
  const { name, capabilities } = kind;
  const can = (what: Capability): boolean => ["documented", "unconfirmed"].includes(capabilities[what]);
  const open = (seed: number): Rig => rigOf(kind, makerOf(kind)!, seed);

  test(`C1 ${name}: a whole delivery is told, from booking to proof`, async () => {
    const rig = open(1);
    const { reference, price } = await booked(rig);
    assert.ok(price && price.amount > 0);
    const asked: DeliveryReport[] = [];
    for (let minute = 0; minute < 60; minute++) {
      await rig.world.pass(60);
      // Some platforms tell where a courier is, or anything at all, to whoever asks alone.
      if (can("get")) asked.push(yes<DeliveryReport>(await rig.world.until(rig.connector.get(reference))));
    }
    const told = can("webhook") ? rig.heard : asked;
    const states = told.flatMap(({ state }) => state ?? []);
    const seen = states.filter((state, nth) => state !== states[nth - 1]);
    // Some platforms tell the steps apart that others put into one word.
    for (const [one, other] of [
      ["en_route_to_pickup", "at_pickup"],
      ["picked_up", "en_route_to_dropoff"],
    ] as const)
      assert.ok(seen.includes(one) || seen.includes(other), seen.join(" "));
    assert.equal(seen.at(-1), "handed_over");
    assert.ok(told.every((one) => one.reference === reference));
    const end = yes<DeliveryReport>(await rig.world.until(rig.connector.get(reference)));
    assert.equal(end.state, "handed_over");
    if (can("courier position")) assert.ok([...rig.heard, ...asked].some(({ courier }) => courier?.point));
    if (can("proof")) assert.ok(end.proof);
    assert.deepEqual(rig.connector.health().unknown, {});
    if (can("webhook")) assert.equal(rig.connector.health().webhooksRefused, 0);
  });

  test(`C2 ${name}: whatever happens to requests, one key makes one delivery`, async () => {
    const faults = (["broken", "dropped", "hang", "garbage"] as const).flatMap((kind) =>
      [true, false].map((done) => (kind === "broken" ? { kind, status: 503 as const, done } : { kind, done })),
    );
    for (const fault of faults) {
      for (const next of [1, 2, 3, 4]) {
        const rig = open(2);
        const errand = errandIn(rig.world);
        const quote = yes<PlatformQuote>(await rig.world.until(rig.connector.quote(errand)));
        rig.simulator.setFaults({ requests: [{ operation: "*", next, fault }] });
        const told = await rig.world.until(rig.connector.book(errand, quote));
        rig.simulator.setFaults({});
        const reference = isOutage(told) ? await insist(rig) : yes<DeliveryReport>(told).reference;
        const made = rig.simulator.truth().filter(({ externalId }) => externalId === errand.key).length;
        assert.ok(made === 1 || (made === 0 && reference === null), JSON.stringify([fault, next, made]));
        // Where neither a list nor a webhook can be believed, a lost answer leaves it unknown for good.
        if (reference === null) assert.ok(!can("list") && !can("webhook"), JSON.stringify([fault, next]));
        const found = await rig.world.until(rig.connector.find(errand.key));
        if (reference === null) assert.ok(isOutage(found));
        else assert.equal(yes<DeliveryReport | null>(found)?.reference, reference);
      }
    }
  });

  test(`C3 ${name}: cancelled before pickup, and asked again, is cancelled`, async () => {
    const rig = open(3);
    const { reference } = await booked(rig);
    for (const _ of [1, 2])
      assert.equal(yes<DeliveryReport>(await rig.world.until(rig.connector.cancel(reference))).state, "cancelled");
    assert.equal(rig.simulator.truth()[0]?.ended, "cancelled");
  });

  test(`C4 ${name}: what couriers do, the platform and we call by the same name`, async () => {
    const outcomes = {
      "cancels-before-pickup": ["cancelled"],
      "cancels-after-pickup": ["dropoff_failed"],
      undeliverable: ["dropoff_failed", ...(can("way back") ? ["returned"] : [])],
      "drops-out": ["handed_over"],
    } as const;
    for (const [fault, expected] of Object.entries(outcomes)) {
      const rig = open(4);
      rig.simulator.setFaults({ couriers: [{ next: 1, fault }] } as FaultPlan);
      const { reference } = await booked(rig);
      await followed(rig, reference);
      const { state, returned } = yes<DeliveryReport>(await rig.world.until(rig.connector.get(reference)));
      assert.deepEqual([state, ...(returned ? ["returned"] : [])], expected, fault);
      if (!can("webhook")) continue;
      const last = rig.heard.findLast((one) => one.state !== null);
      assert.deepEqual([last?.state, last?.returned], [state, returned], fault);
    }
  });

  test(`C8 ${name}: what nobody takes is left where the order and the platform allow it, and else comes back`, async () => {
    const ends = async (order: Partial<Errand["order"]>) => {
      const rig = open(8);
      rig.simulator.setFaults({ couriers: [{ next: 1, fault: "undeliverable" }] });
      const { reference } = await booked(rig, undefined, order);
      await rig.world.pass(4 * 3600);
      const { state, leftSafe, proof } = yes<DeliveryReport>(await rig.world.until(rig.connector.get(reference)));
      assert.ok(!leftSafe || proof !== null, "with a picture of where");
      return [state, leftSafe];
    };
    const left = can("leave at the door") ? ["handed_over", true] : ["dropoff_failed", false];
    assert.deepEqual(await ends({ ifUndeliverable: "leave_safe" }), left);
    assert.deepEqual(await ends({ ifUndeliverable: "return" }), ["dropoff_failed", false]);
    const inPerson = { ifUndeliverable: "leave_safe", requirements: ["signature"] } as const;
    assert.deepEqual(await ends(inPerson), ["dropoff_failed", false]);
  });

  test(`C5 ${name}: forged and unsigned webhooks are refused, repeats have the same message`, async () => {
    for (const kind of ["forged", "unsigned"] as const) {
      const rig = open(5);
      rig.simulator.setFaults({ webhooks: [{ share: 1, fault: { kind } }] });
      await booked(rig);
      await rig.world.pass(3600);
      assert.ok(rig.connector.health().webhooksRefused > 0);
      if (can("webhook")) assert.ok(rig.heard.length > 0 && rig.heard.at(-1)!.reference !== "");
      else assert.equal(rig.heard.length, 0);
      assert.equal(rig.simulator.truth()[0]?.ended, "delivered");
    }
    const rig = open(5);
    rig.simulator.setFaults({ webhooks: [{ share: 1, fault: { kind: "duplicate" } }] });
    await booked(rig);
    await rig.world.pass(3600);
    assert.ok(new Set(rig.heard.map(({ message }) => message)).size <= rig.heard.length / 2);
  });

  test(`C6 ${name}: an account that is barred is a refusal, and an unknown delivery too`, async () => {
    const rig = open(6);
    await booked(rig);
    const missing = await rig.world.until(rig.connector.get("del_nobody-knows"));
    if (can("get")) assert.ok("ok" in missing && !missing.ok && missing.refusal.code === "UNKNOWN_DELIVERY");
    else assert.ok(isOutage(missing) && !missing.retryable);
    const never = await rig.world.until(rig.connector.find("never-booked"));
    // Where nobody can ask by our key, silence is no "no" until it has lasted.
    assert.ok((isOutage(never) && capabilities.list === "not offered") || yes(never) === null);
    for (const account of ["suspended", "blocked"] as const) {
      rig.simulator.setFaults({ account });
      const errand = errandIn(rig.world, `k-${account}`);
      const quote = await rig.world.until(rig.connector.quote(errand));
      // Some platforms still say what it would cost.
      const priced = !isOutage(quote) && quote.ok;
      const told = priced ? await rig.world.until(rig.connector.book(errand, quote.value)) : quote;
      assert.ok("ok" in told && !told.ok && told.refusal.code === "NOT_ALLOWED", JSON.stringify(told));
    }
  });

  if (can("update"))
    test(`C11 ${name}: a change is taken in until the pickup, whatever becomes of requests, and refused after it`, async () => {
      const faults = (["broken", "dropped", "hang"] as const).flatMap((kind) =>
        [true, false].map((done) => (kind === "broken" ? { kind, status: 503 as const, done } : { kind, done })),
      );
      for (const fault of [null, ...faults]) {
        const rig = open(11);
        const { reference } = await booked(rig);
        const errand = errandIn(rig.world);
        const ringTwice = { ...errand, dropoff: { ...errand.dropoff, notes: "Ring twice" } };
        const tell = () => rig.world.until(rig.connector.update!(reference, ringTwice, ["dropoffNotes"]));
        if (fault) rig.simulator.setFaults({ requests: [{ operation: "*", next: 4, fault }] });
        let told = await tell();
        rig.simulator.setFaults({});
        // Some take changes only once a courier is on the way.
        for (let round = 0; round < 3 && isOutage(told); round++) {
          await rig.world.pass(20);
          told = await tell();
        }
        assert.equal(yes<DeliveryReport>(told).reference, reference);
        assert.match(rig.simulator.truth()[0]?.dropoffNotes ?? "", /Ring twice/);
        if (fault) continue;
        assert.equal(yes<DeliveryReport>(await tell()).reference, reference, "said twice");
        await rig.world.pass(3600);
        assert.equal(rig.simulator.truth()[0]?.ended, "delivered");
        const late = { ...errand, dropoff: { ...errand.dropoff, notes: "Ring three times" } };
        const answer = await rig.world.until(rig.connector.update!(reference, late, ["dropoffNotes"]));
        assert.ok(!isOutage(answer) && !answer.ok, JSON.stringify(answer));
      }
    });

  test(`C10 ${name}: whatever happens, no secret is in what a call comes to, nor in what is shown of the connection`, async () => {
    const rig = open(10);
    const secrets = kind.credentials
      .filter((credential) => !(credential in ownChoice))
      .map((credential) => rig.simulator.credentials[credential]!);
    const said: unknown[] = [];
    const faults = [
      { kind: "broken", status: 500 },
      { kind: "dropped" },
      { kind: "garbage" },
      { kind: "limited", retryAfter_s: 1 },
    ] as const;
    for (const [nth, fault] of faults.entries()) {
      rig.simulator.setFaults({ requests: [{ operation: "*", share: 0.5, fault }] });
      const errand = errandIn(rig.world, `leg_${nth}-0`);
      const quote = await rig.world.until(rig.connector.quote(errand));
      said.push(quote);
      if (!isOutage(quote) && quote.ok) said.push(await rig.world.until(rig.connector.book(errand, quote.value)));
      said.push(await rig.world.until(rig.connector.get("nobody-knows")));
      await rig.world.pass(600);
    }
    rig.simulator.setFaults({ account: "blocked" });
    said.push(
      await rig.world.until(rig.connector.get("nobody-knows")),
      rig.heard,
      rig.connector.health(),
      rig.connector.guard?.(),
      rig.connector.failures?.(),
    );
    assert.ok((rig.connector.failures?.() ?? []).length > 3);
    const text = JSON.stringify(said);
    for (const secret of secrets) assert.ok(secret.length > 5 && !text.includes(secret));
    const shown = JSON.stringify(rig.connector.failures?.());
    const people = [millbrook.pickup, millbrook.dropoff].flatMap(({ name, phone, address }) => [name, phone, address]);
    for (const personal of people) assert.ok(!shown.includes(personal), personal);
  });

  test(`C7 ${name}: after any storm of faults, asking tells the platform's truth`, async () => {
    const kinds = ["broken", "dropped", "garbage", "hang", "limited"] as const;
    const requestFault = fc
      .constantFrom(...kinds)
      .chain((kind) =>
        fc
          .boolean()
          .map((done) =>
            kind === "broken"
              ? { kind, status: 500 as const, done }
              : kind === "limited"
                ? { kind, retryAfter_s: 3 }
                : { kind, done },
          ),
      );
    const webhookFault = fc.constantFrom(
      { kind: "duplicate" as const },
      { kind: "late" as const, wait_ms: 90_000 },
      { kind: "swapped" as const },
      { kind: "lost" as const },
      { kind: "forged" as const },
      { kind: "unsigned" as const },
    );
    const courierFault = fc.constantFrom(
      "drops-out" as const,
      "cancels-before-pickup" as const,
      "cancels-after-pickup" as const,
      "undeliverable" as const,
    );
    const share = fc.double({ min: 0, max: 0.4, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.tuple(share, requestFault), { maxLength: 2 }),
        fc.array(fc.tuple(share, webhookFault), { maxLength: 2 }),
        fc.option(courierFault),
        async (seed, requests, webhooks, courier) => {
          const rig = open(seed);
          rig.simulator.setFaults({
            requests: requests.map(([share, fault]) => ({ operation: "*", share, fault })),
            webhooks: webhooks.map(([share, fault]) => ({ share, fault })),
            couriers: courier ? [{ next: 1, fault: courier }] : [],
          });
          const reference = await insist(rig);
          if (reference !== null) await followed(rig, reference);
          rig.simulator.setFaults({});
          const all = rig.simulator
            .truth()
            .filter(({ id, externalId }) => externalId === "leg_1-0" && !id.startsWith("ret_"));
          const standing = all.filter(({ ended }) => ended !== "cancelled");
          assert.ok(standing.length <= 1, "booked twice");
          // Who cannot be asked tells what its webhooks told, and those get lost.
          if (reference === null || !can("get")) return;
          const told = yes<DeliveryReport>(await rig.world.until(rig.connector.get(reference)));
          const truth = standing[0] ?? all.at(-1);
          const ended = told.returned
            ? "returned"
            : told.state === "handed_over"
              ? "delivered"
              : told.state === "cancelled"
                ? "cancelled"
                : "failed";
          const same =
            truth?.ended === ended || (truth?.ended === "failed" && ended === "cancelled" && truth.pickedUpAt === null);
          assert.ok(same, JSON.stringify([truth, told]));
        },
      ),
      { numRuns: 40 },
    );
  });
}

/** Asked while it is under way, as those are of whom nothing was heard: an end alone may hide what went before. */
async function followed({ world, connector }: Rig, reference: string): Promise<void> {
  for (let round = 0; round < 60; round++) {
    await world.pass(60);
    await world.until(connector.get(reference));
  }
  await world.pass(3 * 3600);
}

/** Quotes and books until it is done, as the journey does: after an outage it looks up or asks again under the same key. Null: never booked. */
async function insist({ world, connector }: Rig): Promise<string | null> {
  for (let round = 0; round < 120; round++) {
    const errand = errandIn(world);
    const quote = await world.until(connector.quote(errand));
    if (!isOutage(quote) && !quote.ok && quote.refusal.code === "ALREADY_BOOKED" && quote.refusal.reference)
      return quote.refusal.reference;
    if (!isOutage(quote) && quote.ok) {
      const told = await world.until(connector.book(errand, quote.value));
      if (!isOutage(told) && told.ok) return told.value.reference;
    }
    // Where nobody can be asked by our key, a creation that was lost is waited for.
    await world.pass(round < 30 ? 20 : 600);
  }
  return null;
}
