import type { Rng } from "../../../src/kernel/rng.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { uuid } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import type { WireResponse } from "../wire.ts";
import { error, invalid } from "./errors.ts";
import type { Hook } from "./options.ts";

interface Registered {
  readonly id: string;
  hook: Hook;
  disabled: boolean;
}

/** Without `callback_config`: what happens then is not documented. */
export const usualRetry: Hook["retry"] = { base: 5, count: 3 };

/** The webhooks of one merchant (`/v1/merchants/{merchant}/webhooks`). Secrets are never shown again. */
export class Hooks {
  readonly #rng: Rng;
  readonly #all = new Map<string, Registered>();

  constructor(rng: Rng, first: Hook | null) {
    this.#rng = rng;
    if (first) this.#add(first, false);
  }

  /** Those that are not disabled. */
  get live(): readonly Hook[] {
    return [...this.#all.values()].filter(({ disabled }) => !disabled).map(({ hook }) => hook);
  }

  create(body: JsonObject): WireResponse {
    const reading = new Reading(body);
    reading.text("callback_url", { required: true });
    reading.text("client_secret", { required: true });
    const { hook, disabled } = read(reading, { url: "", clientSecret: "", retry: usualRetry }, false);
    if (reading.problems.size > 0) return invalid(reading.problems).refusal;
    return json(201, view(this.#add(hook, disabled)));
  }

  list(): WireResponse {
    return json(200, [...this.#all.values()].map(view));
  }

  get(id: string): WireResponse {
    const known = this.#all.get(id);
    return known ? json(200, view(known)) : error("WEBHOOK_NOT_FOUND");
  }

  update(id: string, body: JsonObject): WireResponse {
    const known = this.#all.get(id);
    if (!known) return error("WEBHOOK_NOT_FOUND");
    const reading = new Reading(body);
    const changed = read(reading, known.hook, known.disabled);
    if (reading.problems.size > 0) return invalid(reading.problems).refusal;
    Object.assign(known, changed);
    return json(200, view(known));
  }

  remove(id: string): WireResponse {
    const known = this.#all.delete(id);
    return known ? { status: 204, headers: {}, body: new Uint8Array() } : error("WEBHOOK_NOT_FOUND");
  }

  #add(hook: Hook, disabled: boolean): Registered {
    const registered = { id: uuid(this.#rng), hook, disabled };
    this.#all.set(registered.id, registered);
    return registered;
  }
}

function read(
  reading: Reading,
  before: Hook,
  wasDisabled: boolean,
): { readonly hook: Hook; readonly disabled: boolean } {
  const url = reading.text("callback_url") ?? before.url;
  if (url !== "" && !/^https?:\/\/./.test(url)) reading.wrong("callback_url", "invalid or missing URL scheme");
  const backoff = reading.object("callback_config")?.object("exponential_retry_backoff");
  const base = backoff?.whole("exponent_base", { required: true, min: 1, max: 60 }) ?? before.retry.base;
  const count = backoff?.whole("max_retry_count", { required: true, min: 0, max: 10 }) ?? before.retry.count;
  const clientSecret = reading.text("client_secret") ?? before.clientSecret;
  return { hook: { url, clientSecret, retry: { base, count } }, disabled: reading.flag("disabled") ?? wasDisabled };
}

const view = ({ id, hook, disabled }: Registered): JsonObject => ({
  id,
  callback_url: hook.url,
  disabled,
  callback_config: { exponential_retry_backoff: { exponent_base: hook.retry.base, max_retry_count: hook.retry.count } },
});
