export type Values = Readonly<Record<string, string | number>>;

/**
 * Fills a message: `{name}` takes a value, `{n, plural, =0 {none} one {# order} other {# orders}}` chooses by the number itself or
 * the language's plural rules and writes the number in its digits. That much of ICU MessageFormat (unicode.org) is all our messages use.
 */
export function fill(pattern: string, values: Values, language: string): string {
  return pieces(pattern)
    .map((piece) => (piece.kind === "text" ? piece.text : filled(piece.text, values, language)))
    .join("");
}

function filled(slot: string, values: Values, language: string): string {
  const [name = "", type, ...rest] = slot.split(",");
  const value = values[name.trim()];
  if (type?.trim() !== "plural") return value === undefined ? `{${slot}}` : String(value);

  const count = Number(value);
  const forms = pluralForms(rest.join(","));
  const chosen =
    forms.get(`=${count}`) ?? forms.get(new Intl.PluralRules(language).select(count)) ?? forms.get("other") ?? "";
  return fill(chosen.replaceAll("#", new Intl.NumberFormat(language).format(count)), values, language);
}

/** `one {…} other {…}` as a map. */
function pluralForms(text: string): Map<string, string> {
  const found = pieces(text);
  return new Map(
    found.flatMap((piece, i) =>
      piece.kind === "slot" ? [[found[i - 1]?.text.trim() ?? "other", piece.text] as const] : [],
    ),
  );
}

interface Piece {
  readonly kind: "text" | "slot";
  readonly text: string;
}

/** Splits at the outermost braces. */
function pieces(pattern: string): Piece[] {
  const out: Piece[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === "{" && depth++ === 0) {
      out.push({ kind: "text", text: pattern.slice(start, i) });
      start = i + 1;
    } else if (pattern[i] === "}" && --depth === 0) {
      out.push({ kind: "slot", text: pattern.slice(start, i) });
      start = i + 1;
    }
  }
  out.push({ kind: "text", text: pattern.slice(start) });
  return out;
}
