import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Static } from "typebox";
import { Webhook } from "standardwebhooks";
import { DeliveryMessage } from "../api/contract.ts";
import { Found, mustBe } from "./expect.ts";

type Message = Static<typeof DeliveryMessage>;

/** The webhooks that have come. */
export interface Inbox {
  /** Those about a delivery, and why others that named it are not believed. */
  of(delivery: string): { readonly messages: readonly Message[]; readonly refusals: readonly string[] };
  /** Waits until such a message has come, half a minute at most. */
  until(wanted: (message: Message) => boolean, wait: (ms: number) => Promise<void>): Promise<void>;
}

export interface OpenInbox extends Inbox {
  readonly port: number;
  close(): Promise<void>;
}

const largest_bytes = 1_000_000;

/** Listens on every interface, so that a carrier elsewhere can reach it. `port` 0 takes a free one. */
export async function openInbox(port: number, secret: string): Promise<OpenInbox> {
  const book = new Messages(secret);
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size > largest_bytes) request.destroy();
      else parts.push(part);
    });
    request.on("end", () => {
      book.take(Buffer.concat(parts).toString("utf8"), request.headers as Readonly<Record<string, string>>);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
  return {
    of: (delivery) => book.of(delivery),
    until: (wanted, wait) => book.until(wanted, wait),
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Messages implements Inbox {
  readonly #signer: Webhook;
  readonly #messages: Message[] = [];
  readonly #refusals: { readonly body: string; readonly why: string }[] = [];

  constructor(secret: string) {
    this.#signer = new Webhook(secret);
  }

  take(body: string, headers: Readonly<Record<string, string>>): void {
    try {
      const message = this.#signer.verify(body, { ...headers });
      mustBe(DeliveryMessage, message, "A webhook");
      this.#messages.push(message as Message);
    } catch (error) {
      const why = error instanceof Found || error instanceof Error ? error.message : String(error);
      this.#refusals.push({ body, why });
    }
  }

  of(delivery: string): ReturnType<Inbox["of"]> {
    return {
      messages: this.#messages.filter(({ data }) => data.id === delivery),
      refusals: this.#refusals.filter(({ body }) => body.includes(delivery)).map(({ why }) => why),
    };
  }

  async until(wanted: (message: Message) => boolean, wait: (ms: number) => Promise<void>): Promise<void> {
    for (let tries = 0; tries < 60 && !this.#messages.some(wanted); tries++) await wait(500);
  }
}
