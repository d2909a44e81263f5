import { storeContract } from "../memory/testing/store-contract.ts";
import { cipherWith } from "../vault/index.ts";
import { openPostgresStore } from "./postgres-store.ts";
import { TestServer } from "./testing/test-server.ts";

const cipher = cipherWith(new Uint8Array(32).fill(1));
let server: TestServer;

storeContract("PostgreSQL", {
  start: async () => {
    server = await TestServer.start();
  },
  open: async () => ({ store: await openPostgresStore({ database: await server.fresh(), vault: { cipher } }), cipher }),
  stop: () => server.stop(),
});
