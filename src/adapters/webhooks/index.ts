export { addressRefusal, isPrivateAddress } from "./address.ts";
export { webhookPoster } from "./post.ts";
