/**
 * Short forms by the word they stand for. Both sides of a comparison pass through here, so what shares a short form in
 * two languages (`pl`: place, Platz, plaza) may share a line: a city has mostly one of them.
 */
const shortForms: Readonly<Record<string, string>> = {
  // English
  street: "st str saint",
  road: "rd",
  avenue: "av ave avenida avda avd aven",
  lane: "ln laan",
  drive: "dr drv doutor doctor docteur doktor",
  close: "cl",
  court: "ct crt",
  crescent: "cres cr crs",
  gardens: "gdns gdn garden",
  grove: "gr grv",
  square: "sq sqr",
  terrace: "ter terr tce",
  boulevard: "blvd bd bld boul bvd",
  parkway: "pkwy pky",
  wharf: "whf",
  highway: "hwy",
  bridge: "br brg",
  hill: "hl",
  mount: "mt",
  north: "n",
  south: "s",
  first: "1st",
  second: "2nd",
  third: "3rd",
  fourth: "4th",
  fifth: "5th",
  // a square in several languages
  place: "pl plaza platz piazza praca pca pc pza plein",
  // Portuguese and Spanish
  rua: "r rue",
  travessa: "tv trav tr",
  largo: "lg lgo",
  estrada: "estr est",
  alameda: "al allee all",
  calcada: "calc cc",
  urbanizacao: "urb urbanizacion",
  professor: "prof professora",
  engenheiro: "eng engo",
  general: "gen gal",
  dom: "d dona",
  calle: "c",
  carretera: "ctra carr",
  paseo: "po pso",
  santo: "sto",
  santa: "sta",
  // French and Italian
  route: "rte",
  impasse: "imp",
  chemin: "che chem ch",
  faubourg: "fg fbg",
  sainte: "ste",
  via: "v",
  viale: "vle",
  corso: "cso",
  // German
  strasse: "strase",
};

/** Every spelling of a word that has several, with the word that stands for all of them. */
const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries(shortForms).flatMap(([word, forms]) => forms.split(" ").map((form) => [form, word] as const)),
);

/** The words of a text without case, accents and punctuation, short forms written out: `"R. de São João, 7A"` → rua de sao joao 7a. */
export function wordsOf(text: string): string[] {
  return plainWords(text).map((word) => aliases.get(word) ?? word.replace(/(?<=\p{L}{3})str$/u, "strasse"));
}

export function plainWords(text: string): string[] {
  const plain = text
    .slice(0, 300)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  const spelt = plain
    .replace(/ß/g, "ss")
    .replace(/æ/g, "ae")
    .replace(/ø/g, "o")
    .replace(/['’`´]/g, "");
  return spelt.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
