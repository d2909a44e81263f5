import { doordashDriveKind } from "./doordash-drive/kind.ts";
import type { PlatformKind } from "./shared/platform-kind.ts";
import { uberDirectKind } from "./uber-direct/kind.ts";

export { doordashDriveConnector, type DoorDashDriveParts } from "./doordash-drive/index.ts";
export type { ConnectorParts } from "./shared/parts.ts";
export type { PlatformAccount, PlatformKind } from "./shared/platform-kind.ts";
export { httpTransport } from "./shared/transport.ts";
export { uberDirectConnector, type UberDirectParts } from "./uber-direct/index.ts";

/** Every platform that can be linked. */
export const platformKinds: readonly PlatformKind[] = [uberDirectKind, doordashDriveKind];
