import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import type { World } from "../world.ts";
import type { GrabDelivery } from "./delivery.ts";
import type { Settings } from "./options.ts";
import { trackingUrl } from "./view.ts";

/** Tells the one configured endpoint each change of status, with the driver's position. Nothing is signed. */
export class Events {
  readonly postman: Postman;
  readonly #world: World;
  readonly #settings: Settings;

  constructor(world: World, settings: Settings) {
    const { retryWaits_ms: waits_ms } = settings;
    this.postman = new Postman(world, { waits_ms, accepted: (status) => status === 200 || status === 204 });
    this.#world = world;
    this.#settings = settings;
  }

  tell(delivery: GrabDelivery): void {
    const { webhook } = this.#settings;
    if (webhook === null || delivery.silent) return;
    const body = this.#body(delivery);
    const letter = (claim: JsonObject, authorization: string | null): Letter => ({
      url: webhook.url,
      body: bytes(JSON.stringify(claim)),
      headers: {
        "content-type": "application/json",
        ...(authorization !== null && { authorization }),
        ...(webhook.authorizationId !== undefined && { "authorization-id": webhook.authorizationId }),
      },
    });
    this.postman.send({
      letter: letter(body, webhook.authorization),
      falsify: (how) =>
        letter({ ...body, status: "COMPLETED" }, how === "forged" ? `not ${webhook.authorization}` : null),
    });
  }

  /** Here, and here alone, a cancellation has two Ls. */
  #body(delivery: GrabDelivery): JsonObject {
    const { id, request, life, driver, location, offer, failedReason } = delivery;
    const { publicUrl } = this.#settings;
    const proof = `${publicUrl}/proofs/${id}`;
    const pickedUp = life.reached("PENDING_DROP_OFF") !== null;
    return {
      deliveryID: id,
      merchantOrderID: request.merchantOrderID,
      timestamp: Math.floor(this.#world.clock.now() / 1000),
      status: life.state === "CANCELED" ? "CANCELLED" : life.state,
      trackURL: pickedUp ? trackingUrl(delivery, this.#settings) : "",
      pickupPin: delivery.pin,
      failedReason: failedReason ?? "",
      sender: personView(request.sender, request.origin.address),
      recipient: personView(request.recipient, request.destination.address),
      driver: driver && {
        name: driver.name,
        phone: driver.phone,
        licensePlate: driver.licensePlate,
        photoURL: `${publicUrl}/drivers/${driver.licensePlate}.png`,
        currentLat: location?.[1] ?? null,
        currentLng: location?.[0] ?? null,
      },
      distance: offer.meters,
      pickupProofURL: pickedUp ? `${proof}/pickup.png` : "",
      dropoffProofURL: life.state === "COMPLETED" ? `${proof}/dropoff.png` : "",
      cancelProofURL: "",
    };
  }
}

const personView = ({ firstName, lastName }: JsonObject, address: string): JsonObject => ({
  name: [firstName, lastName].filter((part) => typeof part === "string" && part !== "").join(" "),
  address,
  relationship: "",
});
