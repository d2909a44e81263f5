export { doordashDriveConnector, type DoorDashDriveParts } from "./doordash-drive/index.ts";
export { httpTransport } from "./shared/transport.ts";
export { uberDirectConnector, type UberDirectParts } from "./uber-direct/index.ts";
