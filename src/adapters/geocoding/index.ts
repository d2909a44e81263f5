export { openPlaces } from "./open-places.ts";
