// npm run bench:intake [-- SECONDS]: orders accepted per second over HTTP, each answered after its commit is on the disk; the embedded store
// and a real PostgreSQL (Debian: apt-get install postgresql-15; others: PG_BIN=folder of its programs) in the same run.
import { rmSync } from "node:fs";
import { join } from "node:path";
import autocannon from "autocannon";
import { freePort, machine, newFolder, percentile, residentMegabytes, root, start } from "./program.ts";
import { startRealPostgres } from "./real-postgres.ts";
import { openShop, type Shop } from "./shop.ts";

const duration = Number(process.argv[2] ?? 15);
const connections = [1, 16, 64];
const couriers = 20;

console.log(`bench:intake, ${machine()}; ${duration} s for each line`);
console.log(
  "store                   couriers  connections  orders/s  p50 ms  p99 ms  max ms  not 201  waiting after  RSS MB",
);
const folder = newFolder();
await measure("embedded PostgreSQL 18", join(folder, "embedded"), null);
const real = await startRealPostgres(newFolder());
if (real === null)
  console.log("real PostgreSQL: not installed here (apt-get install postgresql-15), so it was not measured");
else await measure(`PostgreSQL ${real.version.split(" ")[0]}`, join(folder, "real"), real.databaseUrl);
await real?.stop();
rmSync(folder, { recursive: true });

/** First nobody can carry anything: intake alone. Then the same with couriers, so that plan and dispatch work beside it. */
async function measure(store: string, home: string, databaseUrl: string | null): Promise<void> {
  const port = await freePort();
  const password = "a password for the bench";
  const network = start(process.execPath, [join(root, "scripts/run.mjs"), "src/main/cli.ts", "start"], {
    PORT: String(port),
    MILEPOOL_HOME: home,
    MILEPOOL_ADMIN_PASSWORD: password,
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  });
  await network.says("is running at");
  const shop = await openShop(`http://localhost:${port}`, password);
  const line = async (hired: number, connections: number): Promise<void> => {
    const { "2xx": taken, non2xx, errors, latency, duration: took } = await fire(shop, port, connections);
    const figures = [
      hired,
      connections,
      (taken / took).toFixed(0),
      latency.p50,
      latency.p99,
      latency.max,
      non2xx + errors,
    ];
    const widths = [8, 13, 10, 8, 8, 8, 9];
    const columns = figures.map((figure, i) => String(figure).padStart(widths[i]!)).join("");
    console.log(
      `${store.padEnd(24)}${columns}${String(await shop.waiting()).padStart(15)}${String(residentMegabytes(network.pid)).padStart(8)}`,
    );
  };
  for (const count of connections) await line(0, count);
  await importing(shop, port, network.pid);
  await shop.hire(couriers);
  await line(couriers, 16);
  await network.stop();
}

/** A file of 5,000 rows, and one program that orders one by one until it is in: how long it waits, and what the process holds at most. */
async function importing(shop: Shop, port: number, pid: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/v1/orders`;
  const send = async (key: string, to: string, type: string, body: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, "content-type": type };
    const answer = await fetch(to, { method: "POST", headers, body });
    await answer.arrayBuffer();
    return answer.status;
  };
  const body = shop.file(5000);
  const began = performance.now();
  let isOver = false;
  const importing = send(shop.keys[0]!, `${url}/import`, "text/csv", body).finally(() => (isOver = true));
  const waits: number[] = [];
  let peak = 0;
  for (let i = 1; !isOver; i++) {
    const sent = performance.now();
    const status = await send(shop.keys[i % shop.keys.length]!, url, "application/json", shop.next().body);
    if (status === 201) waits.push(performance.now() - sent);
    peak = Math.max(peak, residentMegabytes(pid));
  }
  const took = (performance.now() - began) / 1000;
  waits.sort((a, b) => a - b);
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(waits, share).toFixed(0));
  console.log(
    `  5,000 rows: ${await importing} after ${took.toFixed(1)} s; meanwhile ${waits.length} single orders, p50 ${p50} ms, p99 ${p99} ms, max ${most} ms; RSS at most ${peak} MB`,
  );
}

function fire(shop: Shop, port: number, connections: number) {
  let count = 0;
  return autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    duration,
    requests: [
      {
        method: "POST",
        path: "/v1/orders",
        setupRequest: (request) => {
          const { body, key } = shop.next();
          const headers = {
            "content-type": "application/json",
            authorization: `Bearer ${shop.keys[count++ % shop.keys.length]}`,
            "idempotency-key": key,
          };
          return { ...request, body, headers };
        },
      },
    ],
  });
}
