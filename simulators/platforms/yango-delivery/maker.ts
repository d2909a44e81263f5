import type { PlatformMaker } from "../maker.ts";
import { token } from "../shared/random-text.ts";
import { yangoDelivery } from "./index.ts";

/** There is no sandbox: integrators test with real accounts. */
export const yangoDeliveryMaker: PlatformMaker = {
  platform: "yango-delivery",
  make: (world, { secrets, sandbox: _, webhookUrl: callbackUrl, limited: __, ...wishes }) =>
    yangoDelivery(world, { ...wishes, credentials: { token: `y0_${token(secrets, 55)}` }, callbackUrl }),
};
