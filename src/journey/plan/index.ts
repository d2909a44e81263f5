export { parkedFor, walkOn } from "./parking.ts";
export { PlaceBook } from "./place-book.ts";
export { price } from "./price.ts";
export { commit, follow, release, retime } from "./routes.ts";
