import type { PlatformMaker } from "../maker.ts";
import { token } from "../shared/random-text.ts";
import { stuart } from "./index.ts";

export const stuartMaker: PlatformMaker = {
  platform: "stuart",
  make: (world, { secrets, sandbox, webhookUrl, limited: _, ...wishes }) =>
    stuart(world, {
      ...wishes,
      environment: sandbox ? "sandbox" : "production",
      credentials: { client_id: token(secrets, 40), client_secret: token(secrets, 40) },
      webhook: webhookUrl === null ? null : { url: webhookUrl, authorization: `Bearer ${token(secrets, 32)}` },
    }),
};
