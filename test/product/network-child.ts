// A network of one's own in a process that may be killed: `./milepool start`, linked to the platform simulators at PLATFORMS.
import { castOf, everybody } from "../../simulators/city/cast.ts";
import { doordashDriveConnector, httpTransport, uberDirectConnector } from "../../src/adapters/connectors/index.ts";
import { runUntilStopped } from "../../src/main/run.ts";
import { startNetwork } from "../../src/main/start.ts";
import { seeded } from "../../src/kernel/rng.ts";
import { instant } from "../../src/kernel/quantity.ts";
import { millportCurrency, millportZone } from "../../simulators/city/millport/index.ts";
import { credentials } from "./surviving-platforms.ts";

const base = process.env["PLATFORMS"]!;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const cast = castOf(millportZone, millportCurrency);
const [uber, doordash] = cast.platforms.map(({ id }) => id) as [typeof cast.operator.id, typeof cast.operator.id];
const common = {
  transport: httpTransport(),
  clock: { now: () => instant(Date.now()) },
  rng: seeded(`connectors ${process.pid}`),
  wait: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)),
};

process.exitCode = await runUntilStopped(async () => {
  const { client_id, client_secret, customer_id, signingKey } = credentials.uber;
  const { developer_id, key_id, signing_secret, authorization } = credentials.doordash;
  const { network, url, stop } = await startNetwork(
    process.env,
    say,
    new Map([
      [
        uber,
        uberDirectConnector({
          ...common,
          baseUrl: `${base}/uber-direct/v1`,
          tokenUrl: `${base}/uber-direct/oauth/v2/token`,
          credentials: {
            clientId: client_id,
            clientSecret: client_secret,
            customerId: customer_id,
            webhookKey: signingKey,
          },
          settings: { fallbackPhone: "+351200000000" },
        }),
      ],
      [
        doordash,
        doordashDriveConnector({
          ...common,
          baseUrl: `${base}/doordash-drive`,
          credentials: {
            developerId: developer_id,
            keyId: key_id,
            signingSecret: signing_secret,
            webhookAuth: authorization,
          },
          settings: { fallbackPhone: "+351200000000" },
        }),
      ],
    ]),
  );
  await network.introduce(everybody(cast));
  process.stdout.write(`${url}\n`);
  return stop;
}, say);
