export { StoreConflict, type ConflictCode } from "./conflict.ts";
export { HotState } from "./hot-state.ts";
export { openMemoryStore } from "./memory-store.ts";
