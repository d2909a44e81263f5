import type { AddressQuestion, FoundPlace, Geocoder } from "../../../domain/ports.ts";
import type { Point } from "../../../kernel/point.ts";
import type { Outage } from "../../../kernel/result.ts";
import { isOutage, openService } from "../../outside/index.ts";
import { askNominatim, askNominatimAt } from "./nominatim.ts";
import { askPhoton, askPhotonAt } from "./photon.ts";

export interface GeocoderSettings {
  readonly kind: "photon" | "nominatim";
  readonly url: string;
  /** Who runs this installation (an address of mail or of a page): public servers ask for it. */
  readonly contact: string;
  readonly timeout_ms?: number;
}

/** OpenStreetMap's own server: at most one call a second, for all users together (operations.osmfoundation.org/policies/nominatim). */
const publicNominatim = "nominatim.openstreetmap.org";
const attribution = "© OpenStreetMap contributors";
/** Answers are kept: public servers ask for that as well. */
const mostKept = 1000;
const mostAnswers = 20;

/** Opens an outside geocoder. Throws a TypeError when the address is none, or OpenStreetMap's own server has no contact. */
export function openGeocoder(settings: GeocoderSettings): Geocoder {
  const isPublic = new URL(settings.url).hostname === publicNominatim;
  if (isPublic && settings.contact === "") throw new TypeError(`${publicNominatim} must be told a contact`);
  const service = openService({
    url: settings.url,
    timeout_ms: settings.timeout_ms ?? 5000,
    most_bytes: 1_000_000,
    pace_ms: isPublic ? 1000 : 0,
    userAgent: settings.contact === "" ? "Milepool" : `Milepool (${settings.contact})`,
  });
  const [ask, askAt] = settings.kind === "photon" ? [askPhoton, askPhotonAt] : [askNominatim, askNominatimAt];
  const [found, at] = [new Kept<readonly FoundPlace[]>(), new Kept<FoundPlace | null>()];
  return {
    attribution,
    async find(question: AddressQuestion, limit: number) {
      const most = Math.min(mostAnswers, Math.floor(limit));
      if (most < 1) return [];
      const answer = await found.take(JSON.stringify(question), () => ask(service, question, mostAnswers));
      return isOutage(answer) ? answer : answer.slice(0, most);
    },
    at: (point: Point) => at.take(point.join(), () => askAt(service, point)),
  };
}

/** The last answers; outages are forgotten at once. */
class Kept<Value> {
  readonly #answers = new Map<string, Promise<Value | Outage>>();

  async take(key: string, ask: () => Promise<Value | Outage>): Promise<Value | Outage> {
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const asked = ask();
    this.#answers.set(key, asked);
    if (this.#answers.size > mostKept) this.#answers.delete(this.#answers.keys().next().value!);
    const answer = await asked;
    if (isOutage(answer)) this.#answers.delete(key);
    return answer;
  }
}
