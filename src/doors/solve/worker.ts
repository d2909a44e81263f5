import { parentPort, workerData } from "node:worker_threads";
import { searchHere, type SearchOrder, type SearchWord } from "./search.ts";

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const say = (word: SearchWord): void => parentPort?.postMessage(word);

say({ solution: searchHere(workerData as SearchOrder, (best) => say({ best })) });
