export { openMemoryAccounts } from "./memory-accounts.ts";
export { accountsMigrations, openAccounts, type AccountsParts } from "./open-accounts.ts";
