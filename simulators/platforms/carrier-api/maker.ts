import type { PlatformMaker } from "../maker.ts";
import { token } from "../shared/random-text.ts";
import { carrierApi, webhookSecret } from "./index.ts";

export const carrierApiMaker: PlatformMaker = {
  platform: "carrier-api",
  make: (world, { secrets, sandbox, limited, ...wishes }) =>
    carrierApi(world, {
      ...wishes,
      moves: !sandbox,
      credentials: { key: `fleet_${token(secrets, 32)}`, webhook_secret: webhookSecret(secrets) },
      ...(limited ? {} : { callsPerMinute: null }),
    }),
};
