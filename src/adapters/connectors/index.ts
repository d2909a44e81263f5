import { borzoKind } from "./borzo/kind.ts";
import { carrierApiKind } from "./carrier-api/kind.ts";
import { doordashDriveKind } from "./doordash-drive/kind.ts";
import { glovoKind } from "./glovo/kind.ts";
import { grabExpressKind } from "./grab-express/kind.ts";
import { lalamoveKind } from "./lalamove/kind.ts";
import { roadieKind } from "./roadie/kind.ts";
import type { PlatformKind } from "./shared/platform-kind.ts";
import { stuartKind } from "./stuart/kind.ts";
import { uberDirectKind } from "./uber-direct/kind.ts";
import { woltDriveKind } from "./wolt-drive/kind.ts";
import { yangoDeliveryKind } from "./yango-delivery/kind.ts";

export { Connection } from "./shared/connection.ts";
export { isHeldBack } from "./shared/held-back.ts";
export type { ConnectorParts } from "./shared/parts.ts";
export { credentialsFor, type Capability, type PlatformAccount, type PlatformKind } from "./shared/platform-kind.ts";
export { httpTransport } from "./shared/transport.ts";

/** Every platform that can be linked: the one list that a further platform is added to. */
export const platformKinds: readonly PlatformKind[] = [
  uberDirectKind,
  doordashDriveKind,
  stuartKind,
  lalamoveKind,
  woltDriveKind,
  grabExpressKind,
  borzoKind,
  yangoDeliveryKind,
  roadieKind,
  glovoKind,
  carrierApiKind,
];
