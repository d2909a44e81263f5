export { runEdi, type RunningEdi } from "./drop.ts";
export { openInterchange, type Opened } from "./opened.ts";
export { PartnersWrong, readPartners, type Partner } from "./partners.ts";
export { writeFile, type EdiFile, type WireRefusal } from "./wire/interchange.ts";
export { fromJson, printJson, toJson } from "./wire/json.ts";
export { readFile } from "./wire/read.ts";
