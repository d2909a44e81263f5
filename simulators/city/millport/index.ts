export {
  drawMillport,
  makeMillport,
  millportCentre,
  millportCurrency,
  millportJurisdiction,
  millportZone,
  type City,
} from "./make-millport.ts";
export { millportFile } from "./millport-file.ts";
export { readPlaces, type CityDistrict, type CityPlaces, type Door, type NamedPlace, type Shop } from "./places.ts";
export { writeOsmPbf } from "./write-osm-pbf.ts";
