import type { PlatformMaker } from "../maker.ts";
import { token } from "../shared/random-text.ts";
import { lalamove } from "./index.ts";

export const lalamoveMaker: PlatformMaker = {
  platform: "lalamove",
  make: (world, { secrets, sandbox, ...wishes }) => {
    const kind = sandbox ? "test" : "prod";
    return lalamove(world, {
      ...wishes,
      environment: sandbox ? "sandbox" : "production",
      credentials: { public_key: `pk_${kind}_${token(secrets, 32)}`, secret: `sk_${kind}_${token(secrets, 64)}` },
    });
  },
};
