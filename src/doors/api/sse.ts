import type { FastifyReply } from "fastify";
import { Refused } from "./problems.ts";

/** One server-sent event (html.spec.whatwg.org, "Server-sent events"): line breaks inside data become several data lines. */
export function frame(event: {
  readonly name?: string;
  readonly id?: string | number;
  readonly data: unknown;
}): string {
  const data = typeof event.data === "string" ? event.data : JSON.stringify(event.data);
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `${event.name === undefined ? "" : `event: ${event.name}\n`}${event.id === undefined ? "" : `id: ${event.id}\n`}${lines.join("")}\n`;
}

/** Where a stream goes on: Last-Event-ID of the browser's own retry wins over the address. */
export function resumeAfter(header: string | string[] | undefined, query: number | undefined): number | null {
  if (typeof header === "string" && /^\d{1,15}$/.test(header)) return Number(header);
  return query ?? null;
}

/** A browser that does not read is dropped at this backlog; it comes back and goes on where it was. */
const backlog_bytes = 2 * 1_048_576;
const heartbeat_ms = 15_000;
const mostStreams = 500;
const mostPerCaller = 30;
const open = new Map<string, number>();

/** A running stream to one reader. */
export interface Stream {
  /** False when the reader is gone or too slow. */
  send(event: Parameters<typeof frame>[0]): boolean;
  readonly closed: boolean;
  end(): void;
  /** Calls back once when it ends, however it ends. */
  onClose(then: () => void): void;
}

/** Answers with an event stream and keeps it open until the reader goes, or the app closes. */
export function openStream(reply: FastifyReply, by: string): Stream {
  const running = [...open.values()].reduce((sum, count) => sum + count, 0);
  const own = open.get(by) ?? 0;
  if (own >= mostPerCaller || running >= mostStreams)
    throw new Refused({ code: "TOO_MANY_STREAMS", limit: own >= mostPerCaller ? mostPerCaller : mostStreams });
  open.set(by, own + 1);

  const { raw } = reply;
  const headers = {
    ...reply.getHeaders(),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  };
  reply.hijack();
  raw.writeHead(200, headers as Record<string, string>);
  raw.write("retry: 2000\n\n");

  let closed = false;
  const ends: (() => void)[] = [];
  const heartbeat = setInterval(() => void raw.write(": here\n\n"), heartbeat_ms);
  const end = (): void => {
    if (closed) return;
    closed = true;
    clearInterval(heartbeat);
    reply.server.streams.delete(end);
    const left = (open.get(by) ?? 1) - 1;
    if (left > 0) open.set(by, left);
    else open.delete(by);
    for (const then of ends) then();
    raw.end();
  };
  raw.on("close", end);
  raw.on("error", end);
  reply.server.streams.add(end);
  return {
    send(event) {
      if (closed) return false;
      if (raw.writableLength > backlog_bytes) raw.destroy();
      else raw.write(frame(event));
      return !raw.destroyed;
    },
    get closed() {
      return closed;
    },
    end,
    onClose: (then) => void ends.push(then),
  };
}

declare module "fastify" {
  interface FastifyInstance {
    /** The ends of all running streams, called when the app closes. */
    streams: Set<() => void>;
  }
}
