import type { Zone } from "../../../kernel/local-time.ts";
import type { Currency } from "../../../kernel/money.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { unusable, type Invoice, type MessageRefusal } from "../messages.ts";
import { element, type Segment } from "../wire/interchange.ts";
import { dateAndTime, type SetBody } from "./compose.ts";
import { readAmount, readInstant, writeAmount } from "./values.ts";

/** Reads a motor carrier freight invoice. `currency` stands where C3 says none. */
export function readInvoice(
  segments: readonly Segment[],
  zone: Zone,
  currency: Currency,
): Result<Invoice, MessageRefusal> {
  const find = (tag: string): Segment | undefined => segments.find((segment) => segment[0] === tag);
  const [b3, c3] = [find("B3"), find("C3")];
  const named = element(c3, 1) || currency;
  const issuedAt = readInstant(element(b3, 6), "", "", zone);
  if (!b3 || issuedAt === null) return refuse(unusable("B3", 2, 6, "it has no date"));
  if (!/^[A-Z]{3}$/.test(named)) return refuse(unusable("C3", segments.indexOf(c3!) + 1, 1, "it is no currency"));
  const pro = segments.find((segment) => segment[0] === "N9" && element(segment, 1) === "CN");
  return ok({
    number: element(b3, 2),
    load: element(b3, 3),
    pro: pro ? element(pro, 2) : "",
    scac: element(b3, 11),
    amount: readAmount(element(b3, 7), named),
    issuedAt,
    deliveredAt: element(b3, 10) === "035" ? readInstant(element(b3, 9), "", "", zone) : null,
    lines: linesOf(segments, named),
  });
}

/** What each LX loop charges; L5 says for what. */
function linesOf(segments: readonly Segment[], currency: Currency): Invoice["lines"] {
  let text = "";
  const lines: Invoice["lines"][number][] = [];
  for (const segment of segments) {
    if (segment[0] === "LX") text = "";
    if (segment[0] === "L5") text = element(segment, 2);
    if (segment[0] === "L1" && element(segment, 4) !== "")
      lines.push({ text, amount: readAmount(element(segment, 4), currency), code: element(segment, 8) });
  }
  return lines;
}

export function writeInvoice(invoice: Invoice, zone: Zone): SetBody {
  const { number, load, pro, scac, amount, issuedAt, deliveredAt, lines } = invoice;
  const issued = dateAndTime(issuedAt, zone).date;
  const delivered = deliveredAt ? [dateAndTime(deliveredAt, zone).date, "035"] : ["", ""];
  return {
    type: "210",
    segments: [
      ["B3", "", number, load, "PP", "", issued, writeAmount(amount), "", ...delivered, scac],
      ["C3", amount.currency],
      ...(pro ? [["N9", "CN", pro]] : []),
      ...lines.flatMap((line, index): readonly Segment[] => {
        const at = String(index + 1);
        const charge = writeAmount(line.amount);
        return [
          ["LX", at],
          ["L5", at, line.text.slice(0, 50)],
          ["L1", at, "", "", charge, "", "", "", line.code],
        ];
      }),
      ["L3", "", "", "", "", writeAmount(amount)],
    ],
  };
}
