import type { Zone } from "../../../kernel/local-time.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { unusable, type MessageRefusal, type TenderAnswer } from "../messages.ts";
import { element, type Segment } from "../wire/interchange.ts";
import { dateAndTime, type SetBody } from "./compose.ts";
import { readInstant } from "./values.ts";

/** Element 558. Partners agree on more codes; what is neither is refused, not guessed. */
const yes = "A";
const no = "D";

/** Reads a response to a load tender. `now` stands for a date that is not there. */
export function readAnswer(
  segments: readonly Segment[],
  zone: Zone,
  now: Instant,
): Result<TenderAnswer, MessageRefusal> {
  const b1 = segments.find(([tag]) => tag === "B1");
  const code = element(b1, 4);
  if (code !== yes && code !== no)
    return refuse(unusable("B1", b1 ? segments.indexOf(b1) + 1 : 1, 4, `"${code}" is neither A nor D`));
  const pro = segments.find((segment) => segment[0] === "N9" && element(segment, 1) === "CN");
  const remarks = segments.flatMap(([tag, ...words]) => (tag === "K1" ? words : []));
  return ok({
    load: element(b1, 2),
    scac: element(b1, 1),
    accepted: code === yes,
    at: readInstant(element(b1, 3), "", "", zone) ?? now,
    pro: pro ? element(pro, 2) : null,
    reason: remarks.join(" ").trim() || null,
  });
}

/** Writes the response; the reason of a refusal goes into K1, as many as the set may hold: 10 of 60 characters. */
export function writeAnswer({ load, scac, accepted, at, pro, reason }: TenderAnswer, zone: Zone): SetBody {
  const remarks = (reason ?? "").match(/.{1,60}/g)?.slice(0, 10) ?? [];
  return {
    type: "990",
    segments: [
      ["B1", scac, load, dateAndTime(at, zone).date, accepted ? yes : no],
      ...(pro ? [["N9", "CN", pro]] : []),
      ...remarks.map((text): Segment => ["K1", text.slice(0, 30), text.slice(30)]),
    ],
  };
}
