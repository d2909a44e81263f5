import { seeded } from "../src/kernel/rng.ts";

/** A shipper of a network that runs under this address, and an own fleet beside it. */
export interface Shop {
  /** Many keys of one shipper: the API's limit counts by key. */
  readonly keys: readonly string[];
  /** Another order at each call, from the seed. */
  next(): { readonly body: string; readonly key: string };
  /** So many further orders as a CSV file. */
  file(rows: number): string;
  /** Couriers on duty for the next twelve hours. */
  hire(count: number): Promise<void>;
  /** Events that are stored and wait for plan and dispatch. */
  waiting(): Promise<number>;
}

interface Found {
  readonly label: string;
  readonly point: readonly [number, number];
}

export async function openShop(url: string, password: string): Promise<Shop> {
  const call = async <Answer>(method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(`${url}${path}`, { method, headers: { origin: url, ...type, ...headers }, ...sent });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return { body: JSON.parse(text) as Answer, cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "" };
  };
  const { cookie } = await call("POST", "/v1/session", {}, { email: "admin@milepool.local", password });
  const join = async (name: string, roles: string[], carriage?: object): Promise<string> =>
    (
      await call<{ id: string }>(
        "POST",
        "/v1/participants",
        { cookie },
        { name, roles, ...(carriage ? { carriage } : {}) },
      )
    ).body.id;
  const keyFor = async (participant: string, may: string[]): Promise<string> =>
    (await call<{ secret: string }>("POST", `/v1/keys?as=${participant}`, { cookie }, { name: "bench", may })).body
      .secret;

  const shipper = await join("Bench Shop", ["shipper"]);
  const keys: string[] = [];
  while (keys.length < 32) keys.push(await keyFor(shipper, ["orders:read", "orders:write"]));
  const as = { authorization: `Bearer ${keys[0]}` };
  const houses: Found[] = [];
  for (const text of ["Harbour", "Mill", "Market", "Church", "Station", "Park"]) {
    const { body } = await call<{ places: readonly Found[] }>("GET", `/v1/places?text=${text}&limit=20`, as);
    houses.push(...body.places);
  }
  const rng = seeded("bench intake");
  let count = 0;
  const latest = (): string => new Date(Date.now() + 2 * 3_600_000).toISOString();
  const place = (name: string, { label, point }: Found) => ({ name, phone: "+12025550101", address: label, point });
  /** A shop and another house: two searches may have found the same one. */
  const places = () => {
    const from = rng.pick(houses);
    const others = houses.filter(({ point }) => point.join() !== from.point.join());
    return [place("Shop", from), place("Somebody", rng.pick(others))] as const;
  };
  return {
    keys,
    next: () => {
      const reference = `bench-${count++}`;
      const [pickup, dropoff] = places();
      const order = {
        reference,
        pickup,
        dropoff,
        dropoffWindow: { latest: latest() },
        parcels: [{ weightGrams: 900, volumeLiters: 4, contents: "bread" }],
      };
      return { body: JSON.stringify(order), key: reference };
    },
    file: (rows) => {
      const end = (name: string): string =>
        ["name", "phone", "address", "longitude", "latitude"].map((column) => `${name}_${column}`).join();
      const cells = ({ name, phone, address, point }: ReturnType<typeof place>): string =>
        `${name},${phone},"${address}",${point.join()}`;
      const lines = Array.from(
        { length: rows },
        () => `bench-${count++},${places().map(cells).join()},${latest()},1,900,4`,
      );
      return [`reference,${end("pickup")},${end("dropoff")},dropoff_until,parcels,weight_g,volume_l`, ...lines].join(
        "\n",
      );
    },
    hire: async (couriers) => {
      const fleet = await join("Bench Fleet", ["carrier"], {
        kind: "own",
        cost: { perHour: 1750, perKilometer: 5, perMotorKilometer: 42 },
      });
      const bearer = { authorization: `Bearer ${await keyFor(fleet, ["fleet:read", "fleet:write"])}` };
      const vehicle = { profile: "car", maxWeightGrams: 200_000, maxVolumeLiters: 800, maxParcels: 20 };
      const span = {
        startsAt: new Date().toISOString(),
        endsAt: new Date(Date.now() + 12 * 3_600_000).toISOString(),
      };
      for (let i = 0; i < couriers; i++) {
        const courier = { name: `Courier ${i}`, employment: "staff", vehicle };
        const { body } = await call<{ id: string }>("POST", "/v1/couriers", bearer, courier);
        const shift = { courier: body.id, ...span, start: rng.pick(houses).point };
        const planned = await call<{ id: string }>("POST", "/v1/shifts", bearer, shift);
        await call("POST", `/v1/shifts/${planned.body.id}/start`, bearer, {});
      }
    },
    waiting: async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^milepool_backlog\{queue="inbox"\} (\d+)/m.exec(text)?.[1] ?? NaN);
    },
  };
}
