import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { carrierAt, conform, openInbox, type OpenInbox, type Verdict } from "../../doors/conform/index.ts";
import { asJson, CommandRefused, err, out, readArgs, whole, WrongUse } from "./words.ts";

const help = `milepool conform URL --key KEY [--watch SECONDS] [--listen PORT --secret whsec_…] [--json]

Checks an implementation of the carrier API, case by case: URL is its address, below which /quotes and /deliveries stand.
The contract is in any network's /carrier-openapi.json. Deliveries are booked between the carrier's own two example places
and called off again; point it at a sandbox.

  --key      a key that the carrier has issued; MILEPOOL_CARRIER_KEY when left out
  --watch    book one delivery more and follow it for so many seconds, to its end
  --listen   take the carrier's webhooks on this port, which the carrier has been told
  --secret   what it signs them with
Exit codes: 0 everything passed or does not apply, 1 something failed, 2 wrong use.

example: ./milepool conform http://localhost:8080/carrier/v1 --key mp_…`;

const options = {
  key: { type: "string" },
  watch: { type: "string" },
  listen: { type: "string" },
  secret: { type: "string" },
} as const;

const longest_s = 86_400;

export async function conformCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const { key = process.env["MILEPOOL_CARRIER_KEY"], watch, listen, secret } = read.values;
  const json = (read.values as { json?: boolean }).json === true;
  const [url, ...more] = read.positionals;
  if (url === undefined || more.length > 0) {
    err(help);
    return 2;
  }
  const watch_s = whole("watch", watch, 0, 1, longest_s);
  const port = whole("listen", listen, -1, 0, 65_535);
  if (watch_s === null || port === null) return 2;
  const inbox = port < 0 ? null : await inboxAt(port, secret);
  try {
    return await visited(addressOf(url), keyOf(key), { watch_s, inbox, json });
  } finally {
    await inbox?.close();
  }
}

interface How {
  readonly watch_s: number;
  readonly inbox: OpenInbox | null;
  readonly json: boolean;
}

async function visited(url: string, key: string, { watch_s, inbox, json }: How): Promise<number> {
  const verdicts: Verdict[] = [];
  const visit = {
    carrier: carrierAt(url, key),
    newId: () => `check-${randomUUID()}`,
    wait: (ms: number) => pause(ms),
    now: () => Date.now(),
    inbox,
    watch_s,
  };
  for await (const verdict of conform(visit)) {
    verdicts.push(verdict);
    if (!json) tell(verdict);
  }
  const count = (outcome: Verdict["outcome"]): number => verdicts.filter((one) => one.outcome === outcome).length;
  const [passed, failed, skipped] = [count("passed"), count("failed"), count("skipped")];
  if (json) asJson({ url, conforms: failed === 0, passed, failed, skipped, verdicts });
  else out(`\n${passed} passed, ${failed} failed, ${skipped} do not apply here.`);
  return failed === 0 ? 0 : 1;
}

const words = { passed: "ok     ", failed: "FAILED ", skipped: "skipped" } as const;

function tell(verdict: Verdict): void {
  out(`${words[verdict.outcome]} ${verdict.id.padEnd(4)} ${verdict.title}`);
  if (verdict.outcome === "skipped") out(`             ${verdict.why}`);
  if (verdict.outcome === "failed") out(`             ${verdict.what}\n             Mend: ${verdict.mend}`);
}

function addressOf(url: string): string {
  if (!/^https?:[/][/]/i.test(url) || !URL.canParse(url))
    throw new WrongUse(`"${url}" is no address: give one such as https://carrier.example/api.`);
  return url.replace(/\/+$/, "");
}

function keyOf(key: string | undefined): string {
  if (key === undefined || key === "")
    throw new WrongUse("Give the key that the carrier has issued, with --key or MILEPOOL_CARRIER_KEY.");
  return key;
}

async function inboxAt(port: number, secret: string | undefined): Promise<OpenInbox> {
  if (secret === undefined || !/^whsec_[A-Za-z0-9+/=_-]{16,}$/.test(secret))
    throw new WrongUse("--listen takes --secret whsec_… with it: webhooks without a signature are not believed.");
  return openInbox(port, secret).catch((cause: unknown) => {
    const code = String((cause as NodeJS.ErrnoException).code);
    throw new CommandRefused({
      code: "PORT_TAKEN",
      detail: `Port ${port} cannot be used (${code}).`,
      mend: "Choose another with --listen.",
    });
  });
}
