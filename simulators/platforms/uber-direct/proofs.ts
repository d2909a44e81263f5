import { toIso } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { isObject, type JsonObject } from "../shared/json.ts";
import { pictureOf } from "../shared/png.ts";
import { courierName } from "../shared/random-text.ts";
import type { End, UberDelivery } from "./delivery.ts";
import { location } from "./view.ts";

/** Fills in the verification block of one end with what the order asked for; a dropoff without wishes gets a photo. */
export function collectProof(delivery: UberDelivery, end: "pickup" | "dropoff", rng: Rng): void {
  const { order, original, pincode } = delivery.birth;
  const asked: JsonObject = original ? { picture: true } : order[end].verification;
  const signature = isObject(asked["signature_requirement"]) && asked["signature_requirement"]["enabled"] === true;
  const pin = end === "dropoff" && pincode !== null && !original;
  const unattended = end === "dropoff" && order.deliverableAction === "deliverable_action_leave_at_door";
  const picture = asked["picture"] === true || unattended || (end === "dropoff" && !signature && !pin);
  const point = end === "dropoff" && !original ? delivery.dropoffPoint : delivery.birth.pickup.point;
  delivery.proofs.set(end, {
    ...(picture && { picture: { image_url: proofUrl(delivery, end, "picture") } }),
    ...(signature && {
      signature: { image_url: proofUrl(delivery, end, "signature"), name: courierName(rng), signer_relationship: "" },
    }),
    ...(pin && { pin_code: { entered: pincode } }),
    ...(isObject(asked["identification"]) && { identification: { min_age_verified: true } }),
    ...(Array.isArray(asked["barcodes"]) && { barcodes: asked["barcodes"].map((code) => scanned(delivery, code)) }),
    completion_location: location(point),
  });
}

const scanned = (delivery: UberDelivery, code: unknown): JsonObject => ({
  ...(isObject(code) ? code : {}),
  scan_result: { outcome: "SUCCESS", timestamp: toIso(delivery.updated) },
});

const proofUrl = ({ birth }: UberDelivery, end: End, type: string): string => `${birth.proofBase}/${end}-${type}.png`;

/** The base64 PNG of one proof; null when none of that type was taken at that end. */
export function proofDocument(
  delivery: UberDelivery,
  waypoint: End,
  type: "picture" | "signature" | "pincode",
): string | null {
  const holder = waypoint === "return" ? delivery.returnLeg : delivery;
  const proof = holder?.proofs.get(waypoint === "return" ? "dropoff" : waypoint);
  const taken = proof?.[type === "pincode" ? "pin_code" : type];
  return taken === undefined ? null : Buffer.from(pictureOf(`${delivery.id} ${waypoint} ${type}`)).toString("base64");
}
