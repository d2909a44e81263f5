export { openTiles, type Tiles } from "./open-tiles.ts";
