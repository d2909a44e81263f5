// node writer.ts HOME: a process that commits orders as fast as it can and says on standard output which are stored, until it is killed.
import { writeSync } from "node:fs";
import type { Batch, Order } from "../../../domain/index.ts";
import { ada, batchOf, contactsOf, legOf, orderOf, put, recordedOf } from "../../memory/testing/samples.ts";
import { cipherWith } from "../../vault/index.ts";
import { startEmbedded } from "../embedded.ts";
import { openPostgresStore } from "../postgres-store.ts";

const cipher = cipherWith(new Uint8Array(32).fill(1));
const ordersPerBatch = 3;

function wholeOrder(order: Order): Pick<Batch, "rows" | "recorded" | "sealed"> {
  const leg = legOf(`leg_${order.id}`, order);
  const recorded = [
    recordedOf(ada, 1, { type: "OrderPlaced", order: order.id }),
    recordedOf(ada, 2, { type: "LegOpened", order: order.id, leg: leg.id, round: 0 }),
  ];
  return { rows: [put("order", order), put("leg", leg)], recorded, sealed: contactsOf(cipher, order) };
}

const server = await startEmbedded({ home: process.argv[2]! });
writeSync(1, `server ${server.adopted ? "adopted" : "started"}\n`);
const { host, port, user } = server;
const store = await openPostgresStore({ database: { host, port, user, database: "postgres" }, vault: { cipher } });
const snapshot = await store.load();
writeSync(1, `loaded ${snapshot.sequences.size} ${snapshot.inbox.length}\n`);

for (let n = 0; ; n++) {
  const name = `${process.pid}x${n}`;
  const parts = Array.from({ length: ordersPerBatch }, (_, i) => wholeOrder(orderOf(`order_${name}x${i}`, ada)));
  const recorded = parts.flatMap((part) => part.recorded);
  await store.commit(
    batchOf({
      rows: parts.flatMap(({ rows }) => rows),
      recorded,
      waiting: recorded.map(({ id }) => id),
      sealed: parts.flatMap(({ sealed }) => sealed),
    }),
  );
  writeSync(1, `stored ${name}\n`);
  if (n % 5 === 4) await store.seal(20);
}
