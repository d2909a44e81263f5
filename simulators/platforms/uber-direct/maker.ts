import type { PlatformMaker } from "../maker.ts";
import { token, uuid } from "../shared/random-text.ts";
import { uberDirect } from "./index.ts";

export const uberDirectMaker: PlatformMaker = {
  platform: "uber-direct",
  make: (world, { secrets, sandbox, webhookUrl, limited, ...wishes }) =>
    uberDirect(world, {
      ...wishes,
      environment: sandbox ? "sandbox" : "production",
      credentials: { client_id: token(secrets, 32), client_secret: token(secrets, 40), customer_id: uuid(secrets) },
      webhooks: webhookUrl === null ? [] : [{ url: webhookUrl, signingKey: uuid(secrets) }],
      ...(limited ? {} : { rateLimit: null }),
    }),
};
