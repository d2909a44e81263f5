import type { Zone } from "../../../kernel/local-time.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { meaningOf, type StatusCodes } from "../codes.ts";
import { unusable, type MessageRefusal, type Status } from "../messages.ts";
import { element, type Segment } from "../wire/interchange.ts";
import { dateAndTime, type SetBody } from "./compose.ts";
import { readInstant, readPoint, writePoint } from "./values.ts";

/** Reads the events of a shipment status message: one for each AT7, in the order of the message. */
export function readStatuses(
  segments: readonly Segment[],
  zone: Zone,
  codes: StatusCodes,
): Result<readonly Status[], MessageRefusal> {
  const b10 = segments.find(([tag]) => tag === "B10");
  const statuses: Status[] = [];
  for (const [index, at7] of segments.entries()) {
    if (at7[0] !== "AT7") continue;
    const at = readInstant(element(at7, 5), element(at7, 6), element(at7, 7), zone);
    if (at === null) return refuse(unusable("AT7", index + 1, 5, "it has no date"));
    const code = element(at7, 1) || element(at7, 3);
    const rest = segments.slice(index + 1);
    const until = rest.findIndex(([tag]) => tag === "AT7" || tag === "LX");
    const group = until < 0 ? rest : rest.slice(0, until);
    const ms1 = group.find(([tag]) => tag === "MS1");
    const order = group.find((segment) => segment[0] === "L11" && element(segment, 2) === "CR");
    statuses.push({
      load: element(b10, 2),
      pro: element(b10, 1),
      scac: element(b10, 3),
      reference: order ? element(order, 1) : null,
      word: meaningOf(codes, code),
      code,
      reason: element(at7, 2) || element(at7, 4),
      at,
      point: readPoint(element(ms1, 4), element(ms1, 5), element(ms1, 6), element(ms1, 7)),
    });
  }
  return statuses.length > 0 ? ok(statuses) : refuse(unusable("AT7", segments.length, null, "it reports nothing"));
}

/** Writes one event; the code is the partner's, as its table says. */
export function writeStatus({ load, pro, scac, reference, code, reason, at, point }: Status, zone: Zone): SetBody {
  const { date, time } = dateAndTime(at, zone);
  return {
    type: "214",
    segments: [
      ["B10", pro, load, scac],
      ["LX", "1"],
      ["AT7", code, reason, "", "", date, time, "LT"],
      ...(point ? [["MS1", "", "", "", ...writePoint(point)]] : []),
      ...(reference ? [["L11", reference, "CR"]] : []),
    ],
  };
}
