import { journeyScope, type Offer, type Scope } from "../../src/domain/index.ts";
import type { ParticipantId } from "../../src/kernel/id.ts";
import { seconds } from "../../src/kernel/quantity.ts";
import { CityCourier } from "./courier.ts";
import type { Manners, Surroundings, Walker } from "./people.ts";

/** How often the partner's dispatcher looks at the offers. */
const look_s = 10;

/** A partner carrier: somebody answers the offers, and whoever of its couriers is free carries the leg. */
export class CityPartner {
  readonly #id: ParticipantId;
  readonly #world: Surroundings;
  readonly #manners: Manners;
  readonly #scope: Scope;
  readonly #free: CityCourier[];
  readonly #seen = new Set<string>();

  constructor(id: ParticipantId, vans: readonly Walker[], world: Surroundings, manners: Manners) {
    this.#id = id;
    this.#world = world;
    this.#manners = manners;
    this.#scope = { ...journeyScope, viewer: id, by: "partner dispatcher" };
    this.#free = vans.map((van) => new CityCourier(van, world, manners));
  }

  /** Looks at the offers for as long as the city lives. */
  open(): void {
    for (const offer of this.#world.offers(this.#id)) {
      if (this.#seen.has(offer.id)) continue;
      this.#seen.add(offer.id);
      this.#consider(offer);
    }
    this.#world.after(look_s * 1000, () => this.open());
  }

  #consider(offer: Offer): void {
    const { rng, after } = this.#world;
    if (rng.next() < this.#manners.partnerSilent) return;
    const thinking_ms = Math.round(rng.between(5, 60) * 1000);
    after(thinking_ms, () => void this.#answer(offer).catch((error: unknown) => this.#world.failed("partner", error)));
  }

  async #answer(offer: Offer): Promise<void> {
    const van = this.#world.rng.next() < this.#manners.partnerRefuses ? undefined : this.#free.shift();
    const answer = await this.#world.network.offers.answer(
      this.#scope,
      offer.id,
      van !== undefined,
      van ? null : "no van is free",
    );
    if (!van) return;
    if (answer.ok) await this.#carry(offer, van);
    this.#free.push(van);
  }

  async #carry(offer: Offer, van: CityCourier): Promise<void> {
    const leg = this.#world.leg(offer.leg);
    if (!leg) return;
    await van.serve({ leg: leg.id, kind: "pickup", service: seconds(0), point: leg.from.point });
    if (this.#world.leg(leg.id)?.state !== "picked_up") return;
    await van.serve({ leg: leg.id, kind: "dropoff", service: seconds(0), point: leg.to.point });
    const back = this.#world
      .order(leg.order)
      ?.legs.map((id) => this.#world.leg(id))
      .find((one) => one?.kind === "return" && one.state === "picked_up");
    if (back) await van.serve({ leg: back.id, kind: "dropoff", service: seconds(0), point: back.to.point });
  }
}
