import { borzoMaker } from "./borzo/maker.ts";
import { carrierApiMaker } from "./carrier-api/maker.ts";
import { doordashDriveMaker } from "./doordash-drive/maker.ts";
import type { PlatformMaker } from "./maker.ts";
import { glovoMaker } from "./glovo/maker.ts";
import { grabExpressMaker } from "./grab-express/maker.ts";
import { lalamoveMaker } from "./lalamove/maker.ts";
import { roadieMaker } from "./roadie/maker.ts";
import { stuartMaker } from "./stuart/maker.ts";
import { uberDirectMaker } from "./uber-direct/maker.ts";
import { woltDriveMaker } from "./wolt-drive/maker.ts";
import { yangoDeliveryMaker } from "./yango-delivery/maker.ts";

/** Every platform there is a simulator of: the one list that a further platform is added to. */
export const makers: readonly PlatformMaker[] = [
  uberDirectMaker,
  doordashDriveMaker,
  stuartMaker,
  lalamoveMaker,
  woltDriveMaker,
  grabExpressMaker,
  borzoMaker,
  yangoDeliveryMaker,
  roadieMaker,
  glovoMaker,
  carrierApiMaker,
];
