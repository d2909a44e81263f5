/** Short forms by the word they stand for: English, Portuguese, French, German, Spanish street types. Both sides of a comparison pass through here. */
const shortForms: Readonly<Record<string, string>> = {
  street: "st str saint",
  road: "rd",
  avenue: "av ave avenida avda",
  lane: "ln",
  drive: "dr drv doutor doctor",
  close: "cl",
  court: "ct crt",
  crescent: "cres cr",
  gardens: "gdns gdn garden",
  grove: "gr grv",
  place: "pl plaza platz",
  square: "sq",
  terrace: "ter terr",
  boulevard: "blvd bd bld",
  wharf: "whf",
  highway: "hwy",
  mount: "mt",
  north: "n",
  south: "s",
  rua: "r rue",
  travessa: "tv trav",
  praca: "pc pca place",
  largo: "lg lgo",
  estrada: "estr",
  calle: "c",
  strasse: "strase",
  santo: "sto",
  santa: "sta",
};

/** Every spelling of a word that has several, with the word that stands for all of them. */
const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries(shortForms).flatMap(([word, forms]) => forms.split(" ").map((form) => [form, word] as const)),
);

/** The words of a text without case, accents and punctuation, short forms written out: `"R. de São João, 7A"` → rua de sao joao 7a. */
export function wordsOf(text: string): string[] {
  return plainWords(text).map((word) => aliases.get(word) ?? word);
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
