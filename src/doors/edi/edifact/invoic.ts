import type { Zone } from "../../../kernel/local-time.ts";
import { decimals, money, type Currency, type Money } from "../../../kernel/money.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { unusable, type Invoice, type MessageRefusal } from "../messages.ts";
import type { MessageBody, PlainSegment } from "./compose.ts";
import { dated, find, part, readNumber, writeDtm, type Parts } from "./parts.ts";

/** What the whole invoice comes to (element 5025): its amount, what is due, the total. */
const totals = ["77", "9", "86"] as const;
const ofLine = "203";

/** Reads a freight invoice. `currency` stands where CUX says none. */
export function readInvoic(parts: readonly Parts[], zone: Zone, currency: Currency): Result<Invoice, MessageRefusal> {
  const named = part(find(parts, "CUX"), 1, 2) || currency;
  const issuedAt = dated(parts, "137", zone);
  if (issuedAt === null) return refuse(unusable("DTM", 2, 1, "no DTM+137 says when it was written"));
  if (!/^[A-Z]{3}$/.test(named))
    return refuse(unusable("CUX", parts.findIndex((one) => part(one, 0) === "CUX") + 1, 1, "it is no currency"));
  const total = totals.map((code) => find(parts, "MOA", code)).find((one) => one !== undefined);
  if (!total) return refuse(unusable("MOA", parts.length, null, "no MOA+77 says what it comes to"));
  return ok({
    number: part(find(parts, "BGM"), 2),
    load: part(find(parts, "RFF", "CU"), 1, 2),
    pro: part(find(parts, "RFF", "AAM"), 1, 2),
    scac: part(find(parts, "NAD", "SU"), 2),
    amount: amountOf(total, named),
    issuedAt,
    deliveredAt: dated(parts, "35", zone),
    lines: linesOf(parts, named),
  });
}

const amountOf = (moa: Parts, currency: Currency): Money =>
  money(Math.round((readNumber(part(moa, 1, 2)) ?? 0) * 10 ** decimals(currency)) || 0, currency);

function linesOf(parts: readonly Parts[], currency: Currency): Invoice["lines"] {
  const lines: Invoice["lines"][number][] = [];
  let [text, code] = ["", ""];
  for (const one of parts) {
    const tag = part(one, 0);
    if (tag === "LIN") [text, code] = ["", part(one, 3)];
    if (tag === "IMD") text = part(one, 3, 4);
    if (tag === "MOA" && part(one, 1) === ofLine) lines.push({ text, amount: amountOf(one, currency), code });
  }
  return lines;
}

export function writeInvoic(invoice: Invoice, zone: Zone): MessageBody {
  const { number, load, pro, scac, amount, issuedAt, deliveredAt, lines } = invoice;
  const text = ({ amount, currency }: Money): string => (amount / 10 ** decimals(currency)).toFixed(decimals(currency));
  return {
    type: "INVOIC",
    segments: [
      ["BGM", "380", number, "9"],
      writeDtm("137", issuedAt, zone),
      ...(deliveredAt ? [writeDtm("35", deliveredAt, zone)] : []),
      ["RFF", ["CU", load]],
      ...(pro ? [["RFF", ["AAM", pro]]] : []),
      ["NAD", "SU", [scac, "", "9"]],
      ["CUX", ["2", amount.currency, "4"]],
      ...lines.flatMap((line, index): readonly PlainSegment[] => [
        ["LIN", String(index + 1), "", [line.code, "SA"]],
        ["IMD", "F", "", ["", "", "", line.text.slice(0, 256)]],
        ["MOA", [ofLine, text(line.amount)]],
      ]),
      ["UNS", "S"],
      ["MOA", [totals[0], text(amount)]],
    ],
  };
}
