import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { KeptAnswer } from "../../../domain/index.ts";
import type { ParticipantId } from "../../../kernel/id.ts";
import type { Keep } from "../../network.ts";
import type { Api } from "../context.ts";
import { Refused } from "../problems.ts";

/** A status with its JSON body, as it is kept. */
export interface Kept {
  readonly status: number;
  readonly body: string;
}

/** Requests under a key that are still being answered, so that a repeat waits instead of racing. */
const underway = new WeakMap<Api, Map<string, Promise<Kept>>>();

/**
 * The same key gets the same answer (draft-ietf-httpapi-idempotency-key-header): `act` runs once, its answer is kept by the transaction
 * that did it, and a repeat is told that answer. Another body under the same key is refused. Without a key `act` just runs.
 *
 * What was refused as a whole has done nothing and is not kept: the same key may bring it again, mended or not. (Others keep their
 * refusals too; then a shop that mends an address must also invent a new key, and a refusal that time would heal stays for ever.)
 */
export async function once(
  api: Api,
  request: FastifyRequest,
  participant: ParticipantId,
  act: (keep: Pick<Keep, "key" | "requestHash"> | null) => Promise<Kept>,
): Promise<Kept> {
  const key = request.headers["idempotency-key"];
  return key === undefined ? act(null) : onceUnder(key, api, request, participant, act);
}

/** As `once`, under a key that stands elsewhere in the request. */
export async function onceUnder(
  key: unknown,
  api: Api,
  request: FastifyRequest,
  participant: ParticipantId,
  act: (keep: Pick<Keep, "key" | "requestHash">) => Promise<Kept>,
): Promise<Kept> {
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Refused({ code: "IDEMPOTENCY_KEY_WRONG" });

  const isFile = request.body instanceof Uint8Array;
  const requestHash = createHash("sha256")
    .update(JSON.stringify([request.method, request.url, ...(isFile ? [] : [request.body])]))
    .update(isFile ? (request.body as Uint8Array) : "")
    .digest("hex");
  const open = underway.get(api) ?? new Map<string, Promise<Kept>>();
  underway.set(api, open);
  const name = `${participant} ${key}`;
  for (let before = open.get(name); before; before = open.get(name)) await before.catch(() => null);

  const answer = answerOnce();
  open.set(name, answer);
  try {
    return await answer;
  } finally {
    open.delete(name);
  }

  async function answerOnce(): Promise<Kept> {
    const kept = await api.network.reads.answer(participant, key as string);
    return kept === null ? firstTime() : same(kept);
  }

  /** Another process may have been first; then the store refuses ours, and its answer counts. */
  async function firstTime(): Promise<Kept> {
    try {
      return await act({ key: key as string, requestHash });
    } catch (error) {
      const kept = await api.network.reads.answer(participant, key as string);
      if (kept === null) throw error;
      return same(kept);
    }
  }

  function same(kept: KeptAnswer): Kept {
    if (kept.requestHash !== requestHash) throw new Refused({ code: "IDEMPOTENCY_KEY_REUSED" });
    return kept;
  }
}
