import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ConnectionDropped, type PlatformSimulator, type WireRequest } from "./wire.ts";
import { json } from "./shared/json.ts";

/** Larger bodies are answered 413. */
const largestBody = 1_000_000;

export interface Served {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Puts simulators on 127.0.0.1, each below `/<platform>`; `port` 0 takes a free one.
 * Rejects with the system's error when the port is taken.
 */
export async function serve(simulators: readonly PlatformSimulator[], port: number): Promise<Served> {
  const server = createServer((request, response) => void answer(simulators, request, response));
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  simulators: readonly PlatformSimulator[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, platform = "", rest = ""] = /^\/([^/?]*)(.*)$/.exec(request.url ?? "") ?? [];
  const simulator = simulators.find((one) => one.platform === platform);
  const body = await bodyOf(request);
  if (body === "cut") return;
  if (body === "too large")
    return send(response, json(413, { code: "payload_too_large", message: "The body is too large" }));
  if (!simulator) return send(response, json(404, { code: "not_found", message: "There is no such platform here" }));
  const path = rest.startsWith("/") ? rest : `/${rest}`;
  try {
    send(
      response,
      await simulator.handle({ method: request.method ?? "GET", path, headers: headersOf(request), body }),
    );
  } catch (cause) {
    response.destroy();
    if (!(cause instanceof ConnectionDropped)) throw cause;
  }
}

function send(
  response: ServerResponse,
  { status, headers, body }: Awaited<ReturnType<PlatformSimulator["handle"]>>,
): void {
  response.writeHead(status, { ...headers, "content-length": String(body.length) });
  response.end(body);
}

/** The raw bytes; "cut" when the caller hung up before the end. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | "too large" | "cut"> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
    }
  } catch {
    return "cut";
  }
  return size > largestBody ? "too large" : Buffer.concat(chunks);
}

const headersOf = (request: IncomingMessage): WireRequest["headers"] =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
