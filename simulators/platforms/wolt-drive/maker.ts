import type { PlatformMaker } from "../maker.ts";
import { hex, token } from "../shared/random-text.ts";
import { woltDrive } from "./index.ts";

export const woltDriveMaker: PlatformMaker = {
  platform: "wolt-drive",
  make: (world, { secrets, sandbox, webhookUrl, limited: _, ...wishes }) =>
    woltDrive(world, {
      ...wishes,
      environment: sandbox ? "staging" : "production",
      credentials: { token: token(secrets, 64), merchant_id: hex(secrets, 24), venue_id: hex(secrets, 24) },
      webhook: webhookUrl === null ? null : { url: webhookUrl, clientSecret: token(secrets, 40) },
    }),
};
