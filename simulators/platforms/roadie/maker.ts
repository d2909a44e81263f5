import type { PlatformMaker } from "../maker.ts";
import { token } from "../shared/random-text.ts";
import { roadie } from "./index.ts";

export const roadieMaker: PlatformMaker = {
  platform: "roadie",
  make: (world, { secrets, sandbox, webhookUrl, limited, ...wishes }) =>
    roadie(world, {
      ...wishes,
      environment: sandbox ? "sandbox" : "production",
      credentials: { access_token: token(secrets, 40) },
      webhook: webhookUrl === null ? null : { url: webhookUrl, apiKey: token(secrets, 32) },
      ...(limited ? {} : { rateLimit: null }),
    }),
};
