export { webhookPoster } from "./post.ts";
