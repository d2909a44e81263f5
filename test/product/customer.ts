import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { Rng } from "../../src/kernel/rng.ts";

interface Found {
  readonly label: string;
  readonly point: readonly [number, number];
}

/** The network's administrator, signed in as a person. */
export async function signIn(url: string, password: string) {
  const headers = { "content-type": "application/json", origin: url };
  const session = await fetch(`${url}/v1/session`, {
    method: "POST",
    headers,
    body: JSON.stringify({ email: "admin@milepool.local", password }),
  });
  assert.equal(session.status, 200);
  const cookie = session.headers.get("set-cookie")!.split(";")[0]!;
  const post = async (path: string, body: unknown, as: Readonly<Record<string, string>> = { cookie }) => {
    const answer = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { ...headers, ...as },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as { readonly id: string; readonly secret: string };
  };
  return {
    /** A key of a participant's own. */
    keyFor: async (participant: string): Promise<string> => {
      const may = ["orders:read", "orders:write", "fleet:read", "fleet:write"];
      return (await post(`/v1/keys?as=${participant}`, { name: "test", may })).secret;
    },
    /** Couriers on duty for the next twelve hours, in the middle of the city. */
    crew: async (key: string, count: number): Promise<void> => {
      const as = { authorization: `Bearer ${key}` };
      const { centre } = (await (await fetch(`${url}/v1/city`)).json()) as { centre: readonly [number, number] };
      const found = (await (
        await fetch(`${url}/v1/places/at?longitude=${centre[0]}&latitude=${centre[1]}`, { headers: as })
      ).json()) as { place: Found | null };
      for (let i = 0; i < count; i++) {
        const vehicle = { profile: "car", maxWeightGrams: 20_000, maxVolumeLiters: 80, maxParcels: 4 };
        const courier = await post("/v1/couriers", { name: `Courier ${i}`, employment: "staff", vehicle }, as);
        const now = Date.now();
        const span = { startsAt: new Date(now).toISOString(), endsAt: new Date(now + 12 * 3_600_000).toISOString() };
        const start = found.place?.point ?? centre;
        const shift = await post("/v1/shifts", { courier: courier.id, ...span, start }, as);
        await post(`/v1/shifts/${shift.id}/start`, {}, as);
      }
    },
  };
}

/**
 * A shop that places orders over HTTP, one after another, and does what the API asks of it: the same key again until there is an answer. It
 * remembers each answer and asks for some of them again.
 */
export class Customer {
  readonly taken = new Map<string, string>();
  readonly #answers = new Map<string, string>();
  readonly #url: string;
  readonly #key: string;
  readonly #name: string;
  readonly #rng: Rng;
  #streets: readonly Found[] = [];
  #unanswered: { readonly key: string; readonly body: string } | null = null;
  #count = 0;
  #resting = true;
  #working: Promise<void> = Promise.resolve();

  constructor(url: string, key: string, name: string, rng: Rng) {
    this.#url = url;
    this.#key = key;
    this.#name = name;
    this.#rng = rng;
  }

  begin(): void {
    this.#resting = false;
    this.#working = this.#work();
  }

  async rest(): Promise<void> {
    this.#resting = true;
    await this.#working;
  }

  /** Gets the last answer, and hears every earlier one again. */
  async finish(): Promise<void> {
    await this.rest();
    if (this.#unanswered) await this.#place(this.#unanswered);
    assert.equal(this.#unanswered, null);
    for (const [key, body] of this.#bodies) await this.#place({ key, body });
  }

  readonly #bodies = new Map<string, string>();

  async #work(): Promise<void> {
    while (!this.#resting) {
      try {
        if (this.#streets.length === 0) await this.#learnStreets();
        const again = [...this.#bodies].at(this.#rng.below(Math.max(1, this.#bodies.size)));
        if (again && this.#rng.next() < 0.2) await this.#place({ key: again[0], body: again[1] });
        await this.#place(this.#unanswered ?? this.#next());
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        await wait(20); // Nobody listens: the network was killed, or is starting.
      }
    }
  }

  #next(): { key: string; body: string } {
    const key = `${this.#name}-${this.#count++}`;
    const from = this.#rng.pick(this.#streets);
    const to = this.#rng.pick(this.#streets.filter(({ point }) => point.join() !== from.point.join()));
    const latest = new Date(Date.now() + this.#rng.between(20, 50) * 60_000).toISOString();
    const order = {
      reference: key,
      pickup: { name: "Shop", phone: "+12025550101", address: from.label, point: from.point },
      dropoff: { name: "Somebody", phone: "+12025550102", address: to.label, point: to.point },
      dropoffWindow: { latest },
      parcels: [{ weightGrams: 900, volumeLiters: 4, contents: "bread" }],
      value: { amount: 1500, currency: "EUR" },
    };
    this.#unanswered = { key, body: JSON.stringify(order) };
    return this.#unanswered;
  }

  async #place({ key, body }: { readonly key: string; readonly body: string }): Promise<void> {
    const answer = await fetch(`${this.#url}/v1/orders`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.#key}`, "idempotency-key": key },
      body,
    });
    const text = await answer.text();
    if (answer.status === 429 || answer.status === 503) throw new Error("later");
    assert.equal(answer.status, 201, text);
    const known = this.#answers.get(key);
    if (known === undefined) {
      this.#answers.set(key, text);
      this.#bodies.set(key, body);
      this.taken.set(key, (JSON.parse(text) as { id: string }).id);
      this.#unanswered = null;
    } else assert.equal(text, known, `${key} was answered otherwise the second time`);
  }

  async #learnStreets(): Promise<void> {
    for (const text of ["Harbour", "Mill", "Market", "Church", "Station", "Park"]) {
      const answer = await fetch(`${this.#url}/v1/places?text=${text}&limit=20`, {
        headers: { authorization: `Bearer ${this.#key}` },
      });
      if (!answer.ok) throw new Error("later");
      this.#streets = [...this.#streets, ...((await answer.json()) as { places: readonly Found[] }).places];
    }
  }
}
