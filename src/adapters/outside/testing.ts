import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a test's server answers: a status and a body, or silence. */
export interface Scripted {
  readonly status?: number;
  readonly body: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Heard {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface LoopbackServer {
  readonly url: string;
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

/** A server on the loopback that answers each request by `answer`. */
export async function loopback(answer: (request: Heard) => Scripted): Promise<LoopbackServer> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => void parts.push(part));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: Buffer.concat(parts).toString() };
      heard.push(one);
      const { status = 200, body, headers: more } = answer(one);
      if (body !== null) response.writeHead(status, more).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
