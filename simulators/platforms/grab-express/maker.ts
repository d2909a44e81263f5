import type { PlatformMaker } from "../maker.ts";
import { token } from "../shared/random-text.ts";
import { grabExpress } from "./index.ts";

export const grabExpressMaker: PlatformMaker = {
  platform: "grab-express",
  make: (world, { secrets, sandbox, webhookUrl, ...wishes }) =>
    grabExpress(world, {
      ...wishes,
      environment: sandbox ? "sandbox" : "production",
      credentials: { client_id: token(secrets, 32), client_secret: token(secrets, 40) },
      webhook: webhookUrl === null ? null : { url: webhookUrl, authorization: token(secrets, 40) },
    }),
};
