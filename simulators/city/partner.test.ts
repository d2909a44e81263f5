import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Leg, LegState, Offer } from "../../src/domain/index.ts";
import type { OfferId, ParticipantId } from "../../src/kernel/id.ts";
import { instant } from "../../src/kernel/quantity.ts";
import { seeded } from "../../src/kernel/rng.ts";
import { CityPartner } from "./partner.ts";
import { usualManners, type Manners, type Surroundings, type Walker } from "./people.ts";

const partner: ParticipantId = "participant_vans";
const manners: Manners = { ...usualManners, partnerRefuses: 0, partnerSilent: 0, nobodyHome: 0, driveSpread: 0 };

/** A network that offers legs to a partner and hears what it does with them; an hour takes as long as its computing. */
class Street implements Pick<Surroundings, "clock" | "after"> {
  now = 0;
  readonly clock = { now: () => instant(this.now) };
  readonly offers: Offer[] = [];
  readonly states = new Map<string, LegState>();
  /** `yes offer_1`, `picked_up leg_1`, in the order in which it was heard. */
  readonly heard: string[] = [];
  readonly #alarms: { readonly at: number; readonly act: () => void }[] = [];

  after = (wait_ms: number, act: () => void): void => void this.#alarms.push({ at: this.now + wait_ms, act });

  offer(name: number): void {
    const [id, leg] = [`offer_${name}` as const, `leg_${name}` as const];
    this.states.set(leg, "offered");
    this.offers.push({ id, leg, to: partner, state: "open" } as unknown as Offer);
  }

  surroundings(): Surroundings {
    const leg = (id: string) => {
      const place = { point: [-8.6, 41.15] };
      return {
        id,
        order: "order_1",
        state: this.states.get(id),
        kind: "delivery",
        from: place,
        to: place,
        readyAt: 0,
        pickupWindow: {},
        dropoffWindow: {},
      } as unknown as Leg;
    };
    const network = {
      offers: {
        answer: async (_scope: unknown, id: OfferId, yes: boolean, reason: string | null) => {
          this.heard.push(`${yes ? "yes" : "no"} ${id}${reason === null ? "" : `: ${reason}`}`);
          return { ok: true };
        },
      },
      fleet: {
        report: async (_scope: unknown, id: string, { to }: { to: LegState }) => {
          this.states.set(id, to);
          this.heard.push(`${to} ${id}`);
          return { ok: true };
        },
        positions: async () => ({ taken: 1, refused: [] }),
      },
    };
    return {
      clock: this.clock,
      rng: seeded("partner"),
      after: this.after,
      network: network as unknown as Surroundings["network"],
      drive: async (from, to) => ({ duration: 300, shape: [from, to], elapsed: [0, 300] }) as never,
      route: () => undefined,
      leg,
      order: () => undefined,
      offers: () => this.offers,
      failed: (what, error) => this.heard.push(`${what}: ${String(error)}`),
    };
  }

  async run(until_s: number): Promise<void> {
    for (;;) {
      for (let i = 0; i < 5; i++) await turn();
      this.#alarms.sort((a, b) => a.at - b.at);
      if ((this.#alarms[0]?.at ?? Infinity) > until_s * 1000) return;
      const { at, act } = this.#alarms.shift()!;
      this.now = at;
      act();
    }
  }
}

const van = {
  courier: "courier_1",
  shift: "shift_1",
  carrier: partner,
  profile: "van",
  start: [-8.6, 41.15],
  endsAt: instant(1e12),
} as unknown as Walker;

test("P6 a partner answers each offer once, with yes while a van is free, and the van brings what it said yes to", async () => {
  const street = new Street();
  street.offer(1);
  street.offer(2);
  new CityPartner(partner, [van], street.surroundings(), manners).open();
  await street.run(3600);
  street.offer(3);
  await street.run(7200);
  const answers = street.heard.filter((line) => /^(yes|no) /.test(line));
  assert.equal(answers.length, 3);
  assert.equal(answers.filter((line) => line.startsWith("yes")).length, 2, "one van, and it is free again later");
  assert.match(
    answers.find((line) => line.startsWith("no"))!,
    /no van is free/,
  );
  const steps = street.heard.filter((line) => line.endsWith("leg_3"));
  assert.deepEqual(
    steps.map((line) => line.split(" ")[0]),
    ["en_route_to_pickup", "at_pickup", "picked_up", "en_route_to_dropoff", "at_dropoff", "handed_over"],
  );
});

test("P6 a partner that refuses or is silent carries nothing", async () => {
  for (const [habit, said] of [
    [{ partnerRefuses: 1 }, /^no offer_1/],
    [{ partnerSilent: 1 }, null],
  ] as const) {
    const street = new Street();
    street.offer(1);
    new CityPartner(partner, [van], street.surroundings(), { ...manners, ...habit }).open();
    await street.run(3600);
    assert.equal(street.heard.length, said === null ? 0 : 1);
    if (said !== null) assert.match(street.heard[0]!, said);
  }
});
