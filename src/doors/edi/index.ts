export { openInterchange, type Opened } from "./opened.ts";
export { writeFile, type EdiFile } from "./wire/interchange.ts";
export { fromJson, printJson, toJson } from "./wire/json.ts";
export { readFile } from "./wire/read.ts";
