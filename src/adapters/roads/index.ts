export type { RoadClosure, RoadConditions, RoadPlace, Slowdown } from "../../roads/index.ts";
export { bandOfYear } from "./band-of-year.ts";
export { greatCircleTravel } from "./great-circle-travel.ts";
export { openTravel, type RoadTravel, type TravelOptions } from "./open-travel.ts";
export type { Preparation } from "./profile-roads.ts";
export { readRoadSettings, RoadSettingsWrong, type RoadSettings } from "./road-settings.ts";
