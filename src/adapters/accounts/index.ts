export { openMemoryAccounts } from "./memory-accounts.ts";
