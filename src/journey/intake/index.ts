export * from "./accept.ts";
export { askOutside } from "./ask-outside.ts";
export * from "./change-order.ts";
export { limits } from "./check.ts";
export { addressAt } from "./locate.ts";
export type * from "./order-request.ts";
export { dialled } from "./phone.ts";
export * from "./place-order.ts";
export type { IntakePorts } from "./ports.ts";
