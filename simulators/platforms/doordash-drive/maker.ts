import type { PlatformMaker } from "../maker.ts";
import { token, uuid } from "../shared/random-text.ts";
import { doordashDrive } from "./index.ts";

export const doordashDriveMaker: PlatformMaker = {
  platform: "doordash-drive",
  make: (world, { secrets, sandbox, webhookUrl, limited, ...wishes }) => {
    const signing_secret = Buffer.from(token(secrets, 32)).toString("base64url");
    return doordashDrive(world, {
      ...wishes,
      environment: sandbox ? "sandbox" : "production",
      credentials: { developer_id: uuid(secrets), key_id: uuid(secrets), signing_secret },
      webhook: webhookUrl === null ? null : { url: webhookUrl, authorization: `Bearer ${token(secrets, 32)}` },
      ...(limited ? {} : { rateLimit: null }),
    });
  },
};
