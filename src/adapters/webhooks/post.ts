import { lookup, type LookupAddress } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { outage, type Outage } from "../../kernel/result.ts";
import { addressRefusal, isPrivateAddress } from "./address.ts";

const patience_ms = 15_000;

/** A name that stands for a private address: found out when connecting, so that no later answer of the name server slips through. */
class PrivateAddress extends Error {
  override readonly name = "PrivateAddress";
}

const guarded: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
    if (error) return callback(error, []);
    if (found.some(({ address }) => isPrivateAddress(address)))
      return callback(new PrivateAddress("the name stands for a private address"), []);
    if (options.all) callback(null, found);
    else callback(null, found[0]!.address, found[0]!.family);
  });
};

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | undefined): number | null {
  if (header === undefined) return null;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

/**
 * Posts webhooks to the outside. With `privateToo` (the demo, tests) private addresses and plain http are allowed; without, a host
 * is refused when its text or any of its addresses is private, which keeps others from reaching into our own network through us (SSRF).
 */
export function webhookPoster({ privateToo }: { readonly privateToo: boolean }) {
  return {
    refusal: (url: string): string | null => addressRefusal(url, privateToo),
    post: (
      url: string,
      headers: Readonly<Record<string, string>>,
      body: string,
      ending: AbortSignal,
    ): Promise<{ readonly status: number; readonly retryAfter_s: number | null } | Outage> =>
      new Promise((resolve) => {
        const target = new URL(url);
        const open = target.protocol === "https:" ? requestHttps : requestHttp;
        const call = open(
          target,
          {
            method: "POST",
            headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
            // One connection for each try: a kept one would skip the look at the address.
            agent: false,
            timeout: patience_ms,
            signal: ending,
            ...(privateToo ? {} : { lookup: guarded }),
          },
          (answer) => {
            resolve({ status: answer.statusCode ?? 0, retryAfter_s: retryAfter(answer.headers["retry-after"]) });
            answer.destroy();
          },
        );
        // `timeout` above means silence; this one means too long altogether.
        const tooLong = setTimeout(() => call.destroy(new Error("no answer in time")), patience_ms);
        call.on("timeout", () => call.destroy(new Error("no answer in time")));
        call.on("error", (error) => resolve(outage(error.message || error.name, !(error instanceof PrivateAddress))));
        call.on("close", () => clearTimeout(tooLong));
        call.end(body);
      }),
  };
}
