// A network of one's own in a process that may be killed: `./milepool start`, linked to the cast's platforms by the accounts in PLATFORMS (JSON).
import { castOf, everybody } from "../../simulators/city/cast.ts";
import { Connection, httpTransport, platformKinds, type PlatformAccount } from "../../src/adapters/connectors/index.ts";
import type { Participant } from "../../src/domain/index.ts";
import { runUntilStopped } from "../../src/main/run.ts";
import { startNetwork } from "../../src/main/start.ts";
import { seeded } from "../../src/kernel/rng.ts";
import { instant } from "../../src/kernel/quantity.ts";
import { millportCurrency, millportZone } from "../../simulators/city/millport/index.ts";

const accounts = JSON.parse(process.env["PLATFORMS"]!) as Record<string, PlatformAccount>;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const cast = castOf(millportZone, millportCurrency);
const parts = {
  transport: httpTransport(),
  clock: { now: () => instant(Date.now()) },
  rng: seeded(`connectors ${process.pid}`),
};

const connectorOf = ({ carriage }: Participant) => {
  const kind = platformKinds.find(({ platform }) => carriage?.kind === "platform" && platform === carriage.connector)!;
  return new Connection(kind, parts, accounts[kind.platform]!);
};

process.exitCode = await runUntilStopped(async () => {
  const connectors = new Map(cast.platforms.map((participant) => [participant.id, connectorOf(participant)]));
  const { network, url, stop } = await startNetwork(process.env, say, connectors);
  await network.introduce(everybody(cast));
  process.stdout.write(`${url}\n`);
  return stop;
}, say);
