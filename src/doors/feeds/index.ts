export { addressRefusal, isPrivateAddress } from "./address.ts";
export { cloudEventType, dataOf, mayReadEvent, toCloudEvent, type CloudEvent } from "./cloud-event.ts";
