export { EmbeddedPostgresError } from "./embedded-error.ts";
export { startEmbedded, type EmbeddedOptions, type EmbeddedServer } from "./embedded.ts";
export { StoreInUse } from "./lease.ts";
export { StoreTooNew } from "./migrate.ts";
export { openPostgresStore, type PostgresStore, type PostgresStoreOptions } from "./postgres-store.ts";
