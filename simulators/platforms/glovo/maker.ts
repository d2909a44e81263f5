import type { PlatformMaker } from "../maker.ts";
import { digits, token, uuid } from "../shared/random-text.ts";
import { glovo } from "./index.ts";

export const glovoMaker: PlatformMaker = {
  platform: "glovo",
  make: (world, { secrets, sandbox, limited: _, ...wishes }) =>
    glovo(world, {
      ...wishes,
      environment: sandbox ? "stage" : "production",
      credentials: {
        client_id: digits(secrets, 15),
        client_secret: token(secrets, 32),
        address_book_id: uuid(secrets),
      },
    }),
};
