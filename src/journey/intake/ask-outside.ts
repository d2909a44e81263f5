import type { FoundPlace, Geocoder, Places } from "../../domain/index.ts";
import type { Outage } from "../../kernel/result.ts";
import { isSure, type OutsideAnswers } from "./locate.ts";
import type { OrderRequest } from "./order-request.ts";

/** In one call: a public server takes one question a second, and whoever sends a long list waits for it. */
const mostAsked = 20;

/**
 * I8: asks outside, before the step, for the addresses of these requests that the loaded city does not know, one after the
 * other. After an outage nobody is asked any more: the others would wait as long for as little.
 */
export async function askOutside(
  requests: readonly OrderRequest[],
  places: Places,
  geocoder: Geocoder | undefined,
): Promise<OutsideAnswers> {
  const answers = new Map<string, readonly FoundPlace[] | Outage>();
  if (geocoder === undefined) return answers;
  const ends = requests.flatMap(({ pickup, dropoff }) => [pickup, dropoff]);
  const unknown = ends.flatMap(({ point, address }) =>
    point === null && address !== null && !isSure(places.find(address, 1)[0]) ? [address] : [],
  );
  let silence: Outage | null = null;
  for (const address of [...new Set(unknown)].slice(0, mostAsked)) {
    const answer: readonly FoundPlace[] | Outage = silence ?? (await geocoder.find(address, 3));
    if ("kind" in answer) silence = answer;
    answers.set(address, answer);
  }
  return answers;
}
