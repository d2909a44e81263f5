import { borzoScene } from "./borzo-rig.ts";
import { carrierApiScene } from "./carrier-api-rig.ts";
import { doordashScene } from "./doordash-rig.ts";
import { glovoScene } from "./glovo-rig.ts";
import { grabScene } from "./grab-rig.ts";
import { lalamoveScene } from "./lalamove-rig.ts";
import { roadieScene } from "./roadie-rig.ts";
import { stuartScene } from "./stuart-rig.ts";
import { uberScene } from "./uber-rig.ts";
import { woltScene } from "./wolt-rig.ts";
import { yangoScene } from "./yango-rig.ts";
import type { Scene } from "./scene.ts";

/** Every platform, for what must hold on each. */
export const scenes: readonly Scene[] = [
  uberScene,
  doordashScene,
  stuartScene,
  lalamoveScene,
  woltScene,
  grabScene,
  borzoScene,
  yangoScene,
  roadieScene,
  glovoScene,
  carrierApiScene,
];
