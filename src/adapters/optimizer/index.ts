export { searchInThreads } from "./search-in-threads.ts";
