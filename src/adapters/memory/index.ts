export { genesis, verifyChain, type BrokenLink } from "./chain.ts";
export { BadCursor, StoreConflict, type ConflictCode } from "./conflict.ts";
export { Draft, HotState } from "./hot-state.ts";
export { openMemoryStore } from "./memory-store.ts";
