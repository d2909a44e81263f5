export { buildApi } from "./app.ts";
export { deliveryOf } from "./handlers/deliveries.ts";
export type { ApiParts } from "./context.ts";
