import type { Instant } from "../../../src/kernel/quantity.ts";
import { bytes, type JsonObject } from "../shared/json.ts";
import { toLocalIso } from "../shared/local-iso.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import type { World } from "../world.ts";
import type { StuartJob } from "./job.ts";
import { trackingUrl, type Frame } from "./view.ts";

/** Tells the one configured endpoint what happened, in the camel case of version 2; nothing is signed. */
export class Events {
  readonly postman: Postman;
  readonly #frame: Frame;

  constructor(world: World, frame: Frame) {
    const { retryWaits_ms: waits_ms } = frame.settings;
    this.postman = new Postman(world, { waits_ms, accepted: (status) => status >= 200 && status < 300 });
    this.#frame = frame;
  }

  created(job: StuartJob): void {
    this.#send(job, "job", "create", this.#jobData(job));
    this.#send(job, "delivery", "create", this.#deliveryData(job));
  }

  /** The delivery went on; the job as well where `jobToo`. */
  updated(job: StuartJob, jobToo: boolean): void {
    if (jobToo) this.#send(job, "job", "update", this.#jobData(job));
    this.#send(job, "delivery", "update", this.#deliveryData(job));
  }

  /** Where the courier is: the only way in which a position comes by itself. */
  moved(job: StuartJob): void {
    const driver = this.#driverData(job);
    if (driver) this.#send(job, "driver", "update", { ...driver, job: this.#jobData(job) });
  }

  #jobData(job: StuartJob): JsonObject {
    return {
      id: job.ids.job,
      status: job.status.state,
      jobReference: job.request.assignmentCode,
      transportType: { code: job.driver?.transport_type ?? job.request.transportType },
      currentDelivery: { ...this.#legData(job), driver: this.#driverData(job) },
    };
  }

  #deliveryData(job: StuartJob): JsonObject {
    const { driver, ...currentDelivery } = this.#jobData(job)["currentDelivery"] as JsonObject;
    return {
      ...this.#legData(job),
      ...(job.cancellation && { cancellation: job.cancellation }),
      job: { id: job.ids.job, jobReference: job.request.assignmentCode, currentDelivery, driver },
    };
  }

  #legData(job: StuartJob): JsonObject {
    const eta = (at: Instant): string => toLocalIso(at, this.#frame.zone);
    return {
      id: job.ids.delivery,
      status: job.delivery.state,
      [this.#frame.settings.webhookReference]: job.request.clientReference,
      trackingUrl: trackingUrl(job, this.#frame),
      etaToOrigin: eta(job.pickupEta),
      etaToDestination: eta(job.dropoffEta),
    };
  }

  /** Coordinates are text here. */
  #driverData({ driver, location }: StuartJob): JsonObject | null {
    if (driver === null) return null;
    const [firstname = "", lastname = ""] = driver.display_name.split(" ");
    return {
      id: driver.id,
      firstname,
      lastname,
      name: driver.display_name,
      phone: driver.phone,
      status: "busy",
      latitude: location ? String(location[1]) : null,
      longitude: location ? String(location[0]) : null,
      transportType: { code: driver.transport_type },
    };
  }

  #send(job: StuartJob, event: "job" | "delivery" | "driver", type: "create" | "update", data: JsonObject): void {
    const { webhook } = this.#frame.settings;
    if (webhook === null || job.silent) return;
    const { url, authorization } = webhook;
    const claim = { event: "delivery", type: "update", data: { ...this.#deliveryData(job), status: "delivered" } };
    this.postman.send({
      letter: letter(url, { event, type, data }, authorization),
      falsify: (how) => letter(url, claim, how === "forged" ? `not ${authorization ?? "known"}` : null),
    });
  }
}

const letter = (url: string, event: JsonObject, authorization: string | null): Letter => ({
  url,
  body: bytes(JSON.stringify(event)),
  headers: { "content-type": "application/json", ...(authorization !== null && { authorization }) },
});
