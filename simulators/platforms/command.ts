import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { seeded } from "../../src/kernel/rng.ts";
import type { PlatformMaker } from "./maker.ts";
import { paperTown, type Town } from "./paper-town.ts";
import { makers } from "./registry.ts";
import { serve } from "./serve.ts";
import type { MarketOptions } from "./shared/market.ts";
import { wallWorld } from "./wall-world.ts";
import type { PlatformSimulator } from "./wire.ts";

/** Where a command writes, and what ends it besides SIGINT and SIGTERM. */
export interface CommandIo {
  out(line: string): void;
  err(line: string): void;
  readonly stop?: AbortSignal;
}

interface Flags {
  readonly platforms: readonly PlatformMaker[];
  readonly port: number;
  readonly seed: string | null;
  readonly sandbox: boolean;
  readonly trouble: boolean;
  readonly webhooks: string | null;
  readonly city: boolean;
}

const simulatorsHelp = `milepool simulators [--only NAME,NAME] [--port 9100] [--seed N] [--sandbox] [--trouble] [--webhooks URL] [--city]

Puts protocol simulators of delivery platforms on 127.0.0.1, each below /<platform>, on the wall clock.
Prints one line of JSON per platform when ready: platform, baseUrl, credentials, examples.

  --only       which platforms; all of them when left out:
               ${makers.map(({ platform }) => platform).join(", ")}
  --port       9100 when left out; 0 takes a free one
  --seed       the same couriers and prices again; credentials stay the same without it
  --sandbox    the platforms' own sandboxes: nothing moves by itself
  --trouble    now and then couriers are short, drop out, cancel or find nobody
  --webhooks   events are posted to URL/<platform>
  --city       in the city that MILEPOOL_CITY names (Millport when it is not set) instead of in a town on paper:
               for a network of one's own that links them

example: ./milepool simulators --city --webhooks http://localhost:8080/hooks`;

/** Credentials are made from it: the same at each start. */
const secrets = seeded("milepool simulators");

const calm = { busyShare: 0, nobodyShare: 0, dropOutShare: 0, cancelShare: 0, undeliverableShare: 0 };

/** Without `--trouble` a first try with a platform's own client does not fail by chance. */
const marketIn = ({ coverage, currency = "USD" }: Town, trouble: boolean): MarketOptions => ({
  coverage,
  currency,
  supply: trouble ? {} : calm,
});

/**
 * `./milepool simulators`: runs until SIGINT, SIGTERM or `io.stop`; `openCity` gives the town of `--city`.
 * Resolves with the exit code: 0 stopped, 1 the port is taken, 2 wrong use.
 */
export async function simulatorsCommand(
  args: readonly string[],
  io: CommandIo,
  openCity: () => Promise<Town>,
): Promise<number> {
  const flags = read(args);
  if (typeof flags === "string") {
    io.err(flags);
    return 2;
  }
  if (flags === null) {
    io.out(simulatorsHelp);
    return 0;
  }
  return await run(flags, io, flags.city ? await openCity() : paperTown);
}

async function run(flags: Flags, io: CommandIo, town: Town): Promise<number> {
  const world = wallWorld(flags.seed ?? randomBytes(8).toString("hex"), town);
  const late: PlatformSimulator[] = [];
  let served;
  try {
    served = await serve(late, flags.port);
  } catch (cause) {
    io.err(`Port ${flags.port} cannot be used (${(cause as NodeJS.ErrnoException).code}): choose another with --port.`);
    return 1;
  }
  for (const { platform, make } of flags.platforms) {
    const baseUrl = `http://127.0.0.1:${served.port}/${platform}`;
    const simulator = make(world, {
      market: marketIn(town, flags.trouble),
      examples: town.examples,
      sandbox: flags.sandbox,
      webhookUrl: flags.webhooks === null ? null : `${flags.webhooks}/${platform}`,
      publicUrl: baseUrl,
      limited: true,
      secrets: secrets.fork(platform),
    });
    late.push(simulator);
    io.out(JSON.stringify({ platform, baseUrl, credentials: simulator.credentials, examples: simulator.examples }));
  }
  await stopped(io.stop);
  await served.close();
  return 0;
}

/** What is wanted; a sentence when it is wrong, null when help is asked for. */
function read(args: readonly string[]): Flags | string | null {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    only: text,
    port: text,
    seed: text,
    webhooks: text,
    city: flag,
    sandbox: flag,
    trouble: flag,
    help: flag,
    json: flag,
  };
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
  if (values.help) return null;
  const known = makers.map(({ platform }) => platform);
  const names = values.only?.split(",").map((name) => name.trim()) ?? known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return `There is no simulator of "${unknown}": choose from ${known.join(", ")}.`;
  const port = values.port ?? "9100";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return `--port takes a number from 0 to 65535, not "${port}".`;
  const webhooks = values.webhooks?.replace(/\/$/, "") ?? null;
  if (webhooks !== null && !/^https?:\/\//.test(webhooks))
    return `--webhooks takes an http or https URL, not "${webhooks}".`;
  const { sandbox = false, trouble = false, city = false } = values;
  const platforms = makers.filter(({ platform }) => names.includes(platform));
  return { platforms, port: Number(port), seed: values.seed ?? null, sandbox, trouble, webhooks, city };
}

function stopped(signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      process.off("SIGINT", end);
      process.off("SIGTERM", end);
      done();
    };
    process.on("SIGINT", end);
    process.on("SIGTERM", end);
    signal?.addEventListener("abort", end, { once: true });
    if (signal?.aborted) end();
  });
}
