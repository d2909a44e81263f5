import { toIso } from "../../../src/kernel/quantity.ts";
import { majorOf } from "../shared/amounts.ts";
import { isObject, type JsonObject } from "../shared/json.ts";
import type { Location } from "./request.ts";
import type { RoadieShipment } from "./shipment.ts";
import type { Point } from "../../../src/kernel/point.ts";

const metersPerMile = 1609.344;

export const milesOf = (meters: number): number => Math.round((meters / metersPerMile) * 100) / 100;

/** One shape for create, get and update. What has not come is left out. */
export function shipmentView(shipment: RoadieShipment): JsonObject {
  const { request, offer, life, driver, currency } = shipment;
  const [alternate_id_1, alternate_id_2] = request.alternates;
  return {
    id: shipment.id,
    reference_id: request.reference,
    description: request.description,
    state: shipment.state,
    alternate_id_1,
    alternate_id_2,
    items: request.items,
    pickup_location: locationView(request.pickup, offer.pickup),
    delivery_location: locationView(request.delivery, offer.delivery),
    pickup_after: toIso(request.after),
    deliver_between: windowOf(shipment),
    options: request.options,
    tracking_number: shipment.trackingNumber,
    ...(driver && { driver }),
    ...(request.signature && life.state === "delivery_confirmed" && { signatory_name: signatoryOf(request.delivery) }),
    price: majorOf(shipment.price, currency),
    estimated_distance: milesOf(offer.meters),
    events: shipment.occurred.map(({ name, at, point }) => ({
      name,
      occurred_at: toIso(at),
      ...(point && { location: { latitude: point[1], longitude: point[0] } }),
    })),
    created_at: toIso(life.created),
    updated_at: toIso(life.updated),
  };
}

function windowOf({ request }: RoadieShipment): JsonObject {
  return { start: toIso(request.after), end: toIso(request.until) };
}

function locationView({ body }: Location, [longitude, latitude]: Point): JsonObject {
  const address = isObject(body["address"]) ? body["address"] : {};
  return { ...body, address: { ...address, latitude, longitude } };
}

function signatoryOf({ body }: Location): string {
  const contact = body["contact"];
  return isObject(contact) && typeof contact["name"] === "string" ? contact["name"] : "";
}
