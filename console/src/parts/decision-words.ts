import type { CandidateView, DecisionView } from "../../../src/doors/api/contract.ts";
import type { MessageKey } from "../i18n/en.ts";
import type { Format } from "../i18n/format.ts";
import type { Text } from "../i18n/locale.tsx";

interface Words {
  readonly t: Text;
  readonly f: Format;
  readonly word: (list: string, value: string) => string;
}

/** Who a candidate is: a courier with its carrier, or the carrier alone. */
export const whoIs = ({ carrier, courierName }: Pick<CandidateView, "carrier" | "courierName">): string =>
  courierName === null ? carrier.name : `${courierName}, ${carrier.name}`;

/** Why a candidate lost, in the reader's language; a reason that is younger than this console is told in the server's words. */
export function lossWords(lost: NonNullable<CandidateView["lost"]>, currency: string, { t, f, word }: Words): string {
  const facts = lost as { readonly by?: unknown; readonly why?: unknown; readonly rule?: unknown };
  const by = typeof facts.by === "number" ? facts.by : null;
  const why = typeof facts.why === "string" ? facts.why : "";
  switch (lost.code) {
    case "DEARER":
      return by === null ? lost.words : t("lost.DEARER", { by: f.money({ amount: Math.round(by), currency }) });
    case "LATE":
      return by === null ? lost.words : t("lost.LATE", { by: f.age(by) });
    case "NO_ANSWER":
    case "CARRIER_REFUSED":
      return t(`lost.${lost.code}`, { why: word("reason", why) }).replace(/:\s*$/, "");
    case "CANNOT_CARRY":
      return t("lost.CANNOT_CARRY", { rule: word("rule", String(facts.rule ?? "")) });
    case "QUOTE_EXPIRED":
    case "EXCLUDED_EARLIER":
      return t(`lost.${lost.code}` as MessageKey);
    default:
      return lost.words;
  }
}

/** The choice in one sentence: who, for how much, and how much better than the next. */
export function decisionSentence({ candidates, outcome }: DecisionView, { t, f }: Words): string {
  const chosen = candidates.find((one) => one.chosen);
  if (outcome === "none" || chosen === undefined) return t("decision.none", { n: candidates.length });
  const price = chosen.price === null ? "–" : f.money(chosen.price);
  const who = whoIs(chosen);
  const others = candidates.flatMap((one) =>
    one.chosen || one.expectedCostMinor === null ? [] : [one.expectedCostMinor],
  );
  // A shipper is not told what the others would have cost, only that they lost by it.
  const dearer = candidates.some(({ lost }) => lost?.code === "DEARER" || lost?.code === "LATE");
  if (others.length === 0 && dearer) return t("decision.notCheapest", { who, price, n: candidates.length });
  if (others.length === 0 || chosen.expectedCostMinor === null || chosen.price === null)
    return t("decision.only", { who, price, n: candidates.length });
  const by = Math.round(Math.min(...others) - chosen.expectedCostMinor);
  const { currency } = chosen.price;
  return by > 0
    ? t("decision.cheapest", { who, price, n: candidates.length, by: f.money({ amount: by, currency }) })
    : t("decision.notCheapest", { who, price, n: candidates.length });
}

/** The chosen one, then those with a price from cheap to dear, then those without. */
export const ranked = (candidates: readonly CandidateView[]): CandidateView[] =>
  candidates.toSorted(
    (a, b) =>
      Number(b.chosen) - Number(a.chosen) || (a.expectedCostMinor ?? Infinity) - (b.expectedCostMinor ?? Infinity) || 0,
  );
