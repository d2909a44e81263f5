import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Api } from "./context.ts";
import { directoryScope } from "./context.ts";

interface Meters {
  readonly registry: Registry;
  /** How far of the feed is counted. */
  readonly counted: { position: number; running: Promise<void> };
  readonly entries: Counter<"state">;
  readonly orders: Gauge<"state">;
  readonly backlog: Gauge<"queue">;
}
const metersOf = new WeakMap<Api, Meters>();

const seen = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Times every answer, by the route and not by the address, so that ids do not become labels. */
export function measure(app: FastifyInstance, api: Api): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const times = new Histogram({
    name: "milepool_http_request_duration_seconds",
    help: "Time from a request's arrival to its answer",
    labelNames: ["method", "route", "status"],
    buckets: seen,
    registers: [registry],
  });
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "none";
    times.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    done();
  });
  metersOf.set(api, {
    registry,
    counted: { position: 0, running: Promise.resolve() },
    entries: new Counter({
      name: "milepool_orders_total",
      help: "Entries of orders into each state",
      labelNames: ["state"],
      registers: [registry],
    }),
    orders: new Gauge({
      name: "milepool_orders",
      help: "Orders in each state now",
      labelNames: ["state"],
      registers: [registry],
    }),
    backlog: new Gauge({
      name: "milepool_backlog",
      help: "Events not handled yet (inbox), not chained yet (unsealed), and requests that the world has not answered",
      labelNames: ["queue"],
      registers: [registry],
    }),
  });
}

export async function metricsText(api: Api): Promise<{ readonly text: string; readonly type: string }> {
  const meters = metersOf.get(api)!;
  meters.counted.running = meters.counted.running.then(() => countEntries(api, meters));
  await meters.counted.running;
  for (const [state, count] of Object.entries(await api.network.reads.countOrders(directoryScope, {})))
    meters.orders.set({ state }, count);
  for (const [queue, count] of Object.entries(api.network.backlog())) meters.backlog.set({ queue }, count);
  return { text: await meters.registry.metrics(), type: meters.registry.contentType };
}

const states: Readonly<Record<string, string>> = {
  OrderPlaced: "placed",
  OrderAccepted: "accepted",
  OrderStarted: "in_progress",
};

/** Counted from the log and from its beginning, so that the counter survives a restart and agrees with what an auditor counts. */
async function countEntries(api: Api, { counted, entries }: Meters): Promise<void> {
  for (;;) {
    const page = await api.network.reads.feed(directoryScope, counted.position, 1000);
    for (const { position, event } of page) {
      counted.position = position;
      const state = event.event.type === "OrderClosed" ? event.event.state : states[event.event.type];
      if (state !== undefined) entries.inc({ state });
    }
    if (page.length < 1000) return;
  }
}
