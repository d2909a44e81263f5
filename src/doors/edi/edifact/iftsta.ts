import type { Zone } from "../../../kernel/local-time.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { meaningOf, type StatusCodes } from "../codes.ts";
import { unusable, type MessageRefusal, type Status } from "../messages.ts";
import type { MessageBody } from "./compose.ts";
import { dated, find, part, writeDtm, type Parts } from "./parts.ts";

/** When the status changed (element 2005). */
const changed = "334";

/** Reads a status report: one event for each STS, under the consignment of the CNI before it. */
export function readIftsta(
  parts: readonly Parts[],
  zone: Zone,
  codes: StatusCodes,
): Result<readonly Status[], MessageRefusal> {
  const statuses: Status[] = [];
  let load = "";
  for (const [index, one] of parts.entries()) {
    if (part(one, 0) === "CNI") load = part(one, 2);
    if (part(one, 0) !== "STS") continue;
    const rest = parts.slice(index + 1);
    const until = rest.findIndex((next) => /^(STS|CNI|UNT)$/.test(part(next, 0)));
    const group = until < 0 ? rest : rest.slice(0, until);
    const at = dated(group, changed, zone) ?? dated(parts, "137", zone);
    if (at === null) return refuse(unusable("STS", index + 1, null, "no DTM says when"));
    const code = part(one, 2);
    statuses.push({
      load,
      pro: part(find(group, "RFF", "AAM"), 1, 2),
      scac: part(find(parts, "NAD", "CA"), 2),
      reference: part(find(group, "RFF", "CU"), 1, 2) || null,
      word: meaningOf(codes, code),
      code,
      reason: part(one, 3),
      at,
      point: null,
    });
  }
  return ok(statuses);
}

/** Writes one event. `text`: words for people, as the reason of a refusal. */
export function writeIftsta(status: Status, zone: Zone, text: string | null = null): MessageBody {
  const { load, pro, scac, reference, code, reason, at } = status;
  return {
    type: "IFTSTA",
    segments: [
      ["BGM", "77", pro || load, "9"],
      writeDtm("137", at, zone),
      ...(scac ? [["NAD", "CA", [scac, "", "9"]]] : []),
      ["CNI", "1", load],
      ["STS", "1", code, reason],
      ...(pro ? [["RFF", ["AAM", pro]]] : []),
      ...(reference ? [["RFF", ["CU", reference]]] : []),
      writeDtm(changed, at, zone),
      ...(text ? [["FTX", "AAI", "", "", text.match(/.{1,512}/g)?.slice(0, 5) ?? ""]] : []),
    ],
  };
}
