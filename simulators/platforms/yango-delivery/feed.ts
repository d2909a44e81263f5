import { toIso } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import { Postman } from "../shared/postman.ts";
import type { World } from "../world.ts";
import type { YangoClaim } from "./claim.ts";
import type { Settings } from "./options.ts";

interface Entry extends JsonObject {
  readonly operation_id: number;
}

const longestPage = 100;

/** The change feed: a journal read by cursor, and unsigned hints that carry no more than which claim changed. */
export class Feed {
  readonly postman: Postman;
  readonly #settings: Settings;
  readonly #entries: Entry[] = [];

  constructor(world: World, settings: Settings) {
    const { retryWaits_ms: waits_ms } = settings;
    this.postman = new Postman(world, { waits_ms, accepted: (status) => status >= 200 && status < 300 });
    this.#settings = settings;
  }

  changed(claim: YangoClaim): void {
    const updated_ts = toIso(claim.life.updated);
    this.#entries.push({
      operation_id: this.#entries.length + 1,
      claim_id: claim.id,
      change_type: "status_changed",
      new_status: claim.life.state,
      updated_ts,
      revision: claim.version,
    });
    const url = claim.request.callbackUrl ?? this.#settings.callbackUrl;
    if (url === null || claim.silent) return;
    const hint = (claim_id: string) => {
      const target = new URL(url);
      for (const [name, value] of Object.entries({ claim_id, updated_ts, change_type: "status_changed" }))
        target.searchParams.set(name, value);
      return { url: target.href, headers: {}, body: new Uint8Array() };
    };
    this.postman.send({ letter: hint(claim.id), falsify: () => hint(`${claim.id.slice(0, -4)}0000`) });
  }

  /** What came after `cursor`, a page of it, and the cursor of its end; null when the cursor is not one of ours. */
  since(cursor: string | null): { readonly cursor: string; readonly events: readonly Entry[] } | null {
    const from = cursor === null ? 0 : Number(/^c(\d{1,9})$/.exec(cursor)?.[1] ?? -1);
    if (from < 0) return null;
    const events = this.#entries.slice(from, from + longestPage);
    return { cursor: `c${from + events.length}`, events };
  }
}
