export { buildApi } from "./app.ts";
export type { ApiParts } from "./context.ts";
