export { buildApi } from "./app.ts";
export type { ApiParts } from "./context.ts";
export { hashKey, newKeySecret } from "./who.ts";
