import { cipherWith } from "../vault/index.ts";
import { openMemoryStore } from "./memory-store.ts";
import { storeContract } from "./testing/store-contract.ts";

storeContract("memory", {
  open: async () => ({ store: openMemoryStore(), cipher: cipherWith(new Uint8Array(32).fill(1)) }),
});
