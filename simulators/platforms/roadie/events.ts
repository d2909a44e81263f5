import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import type { World } from "../world.ts";
import type { Settings } from "./options.ts";
import type { RoadieShipment } from "./shipment.ts";
import { shipmentView } from "./view.ts";

/** Tells the registered endpoint what happened: `{event, data}`, with the agreed key and without a signature. */
export class Events {
  readonly postman: Postman;
  readonly #world: World;
  readonly #settings: Settings;

  constructor(world: World, settings: Settings) {
    const { retryWaits_ms: waits_ms } = settings;
    this.postman = new Postman(world, { waits_ms, accepted: (status) => status === 200 });
    this.#world = world;
    this.#settings = settings;
  }

  /** Notes it among the shipment's own events, and posts it. */
  tell(name: string, shipment: RoadieShipment): void {
    shipment.occurred.push({ name, at: this.#world.clock.now(), point: shipment.location });
    this.#send(name, shipment, shipmentView(shipment));
  }

  /** Where the driver is; not kept. */
  ping(shipment: RoadieShipment): void {
    if (!this.#settings.pings || shipment.location === null) return;
    const [longitude, latitude] = shipment.location;
    const { id, request } = shipment;
    this.#send("driver_location", shipment, { id, reference_id: request.reference, location: { latitude, longitude } });
  }

  #send(name: string, shipment: RoadieShipment, data: JsonObject): void {
    const { webhook } = this.#settings;
    if (webhook === null || shipment.silent) return;
    const letter = (event: JsonObject, key: string | null): Letter => ({
      url: webhook.url,
      body: bytes(JSON.stringify(event)),
      headers: { "content-type": "application/json", ...(key !== null && { "x-api-key": key }) },
    });
    const untrue = { event: "shipment.delivery_confirmed", data: { ...shipmentView(shipment), state: "delivered" } };
    this.postman.send({
      letter: letter({ event: `shipment.${name}`, data }, webhook.apiKey),
      falsify: (how) => letter(untrue, how === "forged" ? `not ${webhook.apiKey}` : null),
    });
  }
}
