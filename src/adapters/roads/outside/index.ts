export { osrmRouter, type OsrmSettings } from "./osrm.ts";
export { outsideTravel } from "./outside-travel.ts";
export { valhallaRouter, type ValhallaSettings } from "./valhalla.ts";
