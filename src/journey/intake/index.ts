export type * from "./order-request.ts";
