import type { PlatformMaker } from "../maker.ts";
import { hex } from "../shared/random-text.ts";
import { borzo } from "./index.ts";

export const borzoMaker: PlatformMaker = {
  platform: "borzo",
  make: (world, { secrets, sandbox, webhookUrl, limited: _, ...wishes }) =>
    borzo(world, {
      ...wishes,
      environment: sandbox ? "test" : "production",
      credentials: { token: hex(secrets, 40).toUpperCase() },
      callback: webhookUrl === null ? null : { url: webhookUrl, secret: hex(secrets, 40).toUpperCase() },
    }),
};
