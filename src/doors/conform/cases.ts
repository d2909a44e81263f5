import {
  CarrierFacts,
  carrierRoutes,
  Delivery,
  type CarrierQuote,
  type DeliveryBody,
  type DeliveryState,
} from "../api/contract.ts";
import type { Asked, Carrier } from "./asked.ts";
import { deliveryBody, quoteBody } from "./booking.ts";
import { answered, expect, NotHere, refused } from "./expect.ts";
import type { Inbox } from "./inbox.ts";
import { mayFollow, isOver } from "./life.ts";

/** What all checks of one run share. */
export interface Visit {
  readonly carrier: Carrier;
  /** An externalId that nobody has used. */
  newId(): string;
  wait(ms: number): Promise<void>;
  now(): number;
  /** Where the carrier's webhooks arrive; null when it was not told where to send them. */
  readonly inbox: Inbox | null;
  /** How long a delivery is watched, seconds; 0: not at all. */
  readonly watch_s: number;
}

/** One check. It throws Found with what is wrong, NotHere where it does not apply, NoAnswer when nobody answers. */
export interface Case {
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  run(visit: Visit): Promise<void>;
}

const Quote = carrierRoutes.carrierQuote.answers[200];
const List = carrierRoutes.findDeliveries.answers[200];

const get = (path: string): Asked => ({ method: "GET", path });
const post = (path: string, body: unknown): Asked => ({ method: "POST", path, body });
const at = (id: string): string => `/deliveries/${encodeURIComponent(id)}`;

const factsOf = ({ carrier }: Visit): Promise<CarrierFacts> => answered(carrier, get("/carrier"), [200], CarrierFacts);
const quoted = async (visit: Visit): Promise<CarrierQuote> =>
  answered(visit.carrier, post("/quotes", quoteBody(await factsOf(visit))), [200], Quote);

/** Books on a fresh quote. */
async function booked(visit: Visit): Promise<{ readonly delivery: Delivery; readonly body: DeliveryBody }> {
  const [facts, quote] = [await factsOf(visit), await quoted(visit)];
  const body = deliveryBody(facts, visit.newId(), quote.id);
  return { body, delivery: await answered(visit.carrier, post("/deliveries", body), [201], Delivery) };
}

const calledOff = ({ carrier }: Visit, { id }: Delivery): Promise<Delivery> =>
  answered(carrier, post(`${at(id)}/cancel`, { reason: "a conformance check" }), [200], Delivery);

/** A delivery for one check: whatever the check finds, it is called off. */
async function withDelivery(
  visit: Visit,
  check: (made: { readonly delivery: Delivery; readonly body: DeliveryBody }) => Promise<void>,
): Promise<void> {
  const made = await booked(visit);
  try {
    await check(made);
  } finally {
    await visit.carrier.ask(post(`${at(made.delivery.id)}/cancel`, {})).catch(() => null);
  }
}

const before = (earlier: string | null, later: string | null): boolean =>
  earlier === null || later === null || Date.parse(earlier) <= Date.parse(later);

/** In the order in which they are run: the first that fail explain those behind them. */
export const cases: readonly Case[] = [
  {
    id: "K1",
    title: "it says who it is and what it offers",
    run: async (visit) => void (await factsOf(visit)),
  },
  {
    id: "K2",
    title: "nobody gets in without a key, or with a wrong one",
    run: async ({ carrier }) => {
      await refused(carrier, { ...get("/deliveries?externalId=nobody"), headers: { authorization: null } }, [401]);
      const wrong = { authorization: "Bearer mp_conformance_check_wrong_key" };
      await refused(carrier, { ...get("/deliveries?externalId=nobody"), headers: wrong }, [401, 403]);
    },
  },
  {
    id: "K3",
    title: "a quote has a price in its currency, times in their order, and holds for a while",
    run: async (visit) => {
      const [{ currency, now }, quote] = [await factsOf(visit), await quoted(visit)];
      expect(quote.price.amount >= 0, "The price is negative.", "A price is what the asker pays.");
      const { currency: asked } = quote.price;
      expect(
        asked === currency,
        `The price is in ${asked}, GET /carrier says ${currency}.`,
        "Quote in the one currency.",
      );
      expect(before(quote.pickupAt, quote.dropoffAt), "dropoffAt is before pickupAt.", "Exchange the two.");
      const expires = Date.parse(quote.expiresAt) > Date.parse(now);
      expect(expires, `The quote expired at ${quote.expiresAt}, before it came.`, "Let a quote hold for some minutes.");
    },
  },
  {
    id: "K4",
    title: "what is badly written is refused in words, and is no error of the server",
    run: async (visit) => {
      const body = quoteBody(await factsOf(visit));
      await refused(visit.carrier, post("/quotes", "{"), [400]);
      await refused(visit.carrier, post("/quotes", { ...body, pikcup: {} }), [400, 422]);
      await refused(visit.carrier, post("/quotes", { ...body, parcels: [] }), [400, 422]);
      const { dropoff: _left, ...without } = body;
      await refused(visit.carrier, post("/quotes", without), [400, 422]);
      const point = ["-8.6", null];
      await refused(visit.carrier, post("/quotes", { ...body, pickup: { ...body.pickup, point } }), [400, 422]);
    },
  },
  {
    id: "K5",
    title: "a place where no courier goes is OUT_OF_COVERAGE",
    run: async (visit) => {
      const body = quoteBody(await factsOf(visit));
      const dropoff = { address: "Null Island", point: [0, 0] };
      await refused(visit.carrier, post("/quotes", { ...body, dropoff }), [422], "OUT_OF_COVERAGE");
    },
  },
  {
    id: "K6",
    title: "what is booked on a quote costs what was quoted, and is found by both ids",
    run: async (visit) => {
      const quote = await quoted(visit);
      const body = deliveryBody(await factsOf(visit), visit.newId(), quote.id);
      const made = await answered(visit.carrier, post("/deliveries", body), [201], Delivery);
      try {
        const { price } = made;
        const same = price === null || (price.amount === quote.price.amount && price.currency === quote.price.currency);
        expect(same, "The delivery has another price than its quote.", "Until expiresAt the quoted price holds.");
        expect(made.externalId === body.externalId, "externalId came back changed.", "Give it back as it was sent.");
        const one = await answered(visit.carrier, get(at(made.id)), [200], Delivery);
        expect(one.id === made.id, `GET ${at(made.id)} tells of ${one.id}.`, "Answer the delivery that was asked for.");
        const byKey = get(`/deliveries?externalId=${body.externalId}`);
        const { deliveries } = await answered(visit.carrier, byKey, [200], List);
        const found = deliveries.length === 1 && deliveries[0]!.id === made.id;
        expect(found, "It is not found by its externalId.", "GET /deliveries?externalId=… answers a list of that one.");
      } finally {
        await visit.carrier.ask(post(`${at(made.id)}/cancel`, {})).catch(() => null);
      }
    },
  },
  {
    id: "K7",
    title: "asked again, and five times at once, one externalId is one delivery",
    run: (visit) =>
      withDelivery(visit, async ({ delivery, body }) => {
        const again = await Promise.all(
          Array.from({ length: 5 }, () => answered(visit.carrier, post("/deliveries", body), [200, 201], Delivery)),
        );
        const twice = again.find(({ id }) => id !== delivery.id);
        const mend = "Keep externalId under a unique key, and answer a repeat with the delivery that stands.";
        expect(twice === undefined, `A repeat made a second delivery, ${String(twice?.id)}.`, mend);
        const fresh = deliveryBody(await factsOf(visit), visit.newId(), null);
        const racing = await Promise.all(
          Array.from({ length: 5 }, () => answered(visit.carrier, post("/deliveries", fresh), [200, 201], Delivery)),
        );
        const made = new Set(racing.map(({ id }) => id));
        for (const id of made) await visit.carrier.ask(post(`${at(id)}/cancel`, {})).catch(() => null);
        expect(made.size === 1, `Five requests at once made ${made.size} deliveries.`, mend);
      }),
  },
  {
    id: "K8",
    title: "another body under the same externalId is ALREADY_BOOKED",
    run: (visit) =>
      withDelivery(visit, async ({ body }) => {
        const other = { ...body, parcels: [{ weightGrams: 12_000, volumeLiters: 40 }] };
        await refused(visit.carrier, post("/deliveries", other), [409], "ALREADY_BOOKED");
      }),
  },
  {
    id: "K9",
    title: "a quote that does not hold is QUOTE_STALE, and nothing is booked",
    run: async (visit) => {
      const body = deliveryBody(await factsOf(visit), visit.newId(), "no-quote-of-yours");
      await refused(visit.carrier, post("/deliveries", body), [409], "QUOTE_STALE");
      const asked = get(`/deliveries?externalId=${body.externalId}`);
      const { deliveries } = await answered(visit.carrier, asked, [200], List);
      expect(
        deliveries.length === 0,
        "A delivery stands although it was refused.",
        "Refuse before anything is stored.",
      );
    },
  },
  {
    id: "K10",
    title: "nobody's delivery is UNKNOWN_DELIVERY, and nobody's externalId an empty list",
    run: async (visit) => {
      await refused(visit.carrier, get(at("nobodys-delivery")), [404], "UNKNOWN_DELIVERY");
      await refused(visit.carrier, post(`${at("nobodys-delivery")}/cancel`, {}), [404], "UNKNOWN_DELIVERY");
      const asked = get(`/deliveries?externalId=${visit.newId()}`);
      const { deliveries } = await answered(visit.carrier, asked, [200], List);
      expect(deliveries.length === 0, "An externalId that nobody used finds something.", "Compare the whole id.");
    },
  },
  {
    id: "K11",
    title: "what may change changes, where changes are offered",
    run: async (visit) => {
      if (!(await factsOf(visit)).updates) throw new NotHere("`updates` is false");
      await withDelivery(visit, async ({ delivery }) => {
        const change: Asked = { method: "PATCH", path: at(delivery.id), body: { dropoffNotes: "Second door" } };
        const changed = await answered(visit.carrier, change, [200], Delivery);
        expect(changed.id === delivery.id, "The change answers another delivery.", "Answer the one that was changed.");
        const unknown: Asked = { method: "PATCH", path: at(delivery.id), body: { colour: "blue" } };
        await refused(visit.carrier, unknown, [400, 422]);
      });
    },
  },
  {
    id: "K12",
    title: "cancelled once is cancelled, asked again too, and its version grows",
    run: async (visit) => {
      const { delivery } = await booked(visit);
      const first = await settled(visit, await calledOff(visit, delivery));
      const mend = "Until the pickup a cancellation is a yes; a delivery that is cancelled already is one, too.";
      expect(first.state === "cancelled", `After the cancellation it is ${first.state}.`, mend);
      const again = await calledOff(visit, delivery);
      expect(again.state === "cancelled", `Cancelled again it is ${again.state}.`, mend);
      const grown = first.version > delivery.version;
      expect(grown, "The version did not grow.", "Raise `version` with each change: late messages are told by it.");
    },
  },
  {
    id: "K13",
    title: "every change is told by a signed webhook, and the newest says what asking says",
    run: async (visit) => {
      const { inbox } = visit;
      if (inbox === null) throw new NotHere("give --listen and --secret, and have webhooks sent there");
      const { delivery } = await booked(visit);
      const ended = await settled(visit, await calledOff(visit, delivery));
      await inbox.until(({ data }) => data.id === delivery.id && data.state === ended.state, visit.wait);
      const { refusals, messages } = inbox.of(delivery.id);
      expect(
        refusals.length === 0,
        `A webhook is not to be believed: ${refusals[0]}.`,
        "Sign as Standard Webhooks says.",
      );
      const newest = messages.toSorted((a, b) => a.data.version - b.data.version).at(-1);
      const mend = "Send the whole delivery after each change, until an answer of 2xx.";
      expect(newest !== undefined, "No webhook told of the delivery within half a minute.", mend);
      expect(newest.data.state === ended.state, `The newest webhook says ${newest.data.state}.`, mend);
    },
  },
  {
    id: "K14",
    title: "a delivery goes its way: no step that cannot follow the last, none taken back, a proof at its end",
    run: async (visit) => {
      if (visit.watch_s === 0) throw new NotHere("give --watch SECONDS to have a delivery carried");
      await watched(visit, (await booked(visit)).delivery);
    },
  },
];

/** A cancellation may have to be asked of a courier first: half a minute is enough for that. */
async function settled(visit: Visit, delivery: Delivery): Promise<Delivery> {
  let now = delivery;
  for (let tries = 0; tries < 60 && !isOver(now.state); tries++) {
    await visit.wait(500);
    now = await answered(visit.carrier, get(at(delivery.id)), [200], Delivery);
  }
  return now;
}

async function watched(visit: Visit, first: Delivery): Promise<void> {
  const end = visit.now() + visit.watch_s * 1000;
  let last = first;
  const seen: DeliveryState[] = [first.state];
  while (!isOver(last.state) && visit.now() < end) {
    await visit.wait(1000);
    const next = await answered(visit.carrier, get(at(first.id)), [200], Delivery);
    const path = [...seen, next.state].join(" → ");
    const mend = "See the states in /carrier-openapi.json; couriers' steps may be left out, the pickup never.";
    expect(next.state === last.state || mayFollow(last.state, next.state), `It went ${path}.`, mend);
    expect(next.version >= last.version, "The version went back.", "`version` only grows.");
    if (next.state !== last.state) seen.push(next.state);
    last = next;
  }
  if (!isOver(last.state)) {
    await visit.carrier.ask(post(`${at(first.id)}/cancel`, {})).catch(() => null);
    throw new NotHere(`not over within ${visit.watch_s} s: ${seen.join(" → ")}`);
  }
  const proven = last.state !== "handed_over" || last.proof !== null;
  expect(proven, "It was handed over without a proof.", "Give `proof`: a signature, a PIN, a name or a picture's URL.");
}
