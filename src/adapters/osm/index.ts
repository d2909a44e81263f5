export { bounds, streetBounds, widened, type Bounds } from "./bounds.ts";
export { OsmFileError, type OsmFileFault } from "./osm-file-error.ts";
export { readOsm } from "./read-osm.ts";
