import { SaxesParser } from "saxes";

/** An element that ended: with its text, and the elements around it from the outside in. */
export interface EndedElement {
  readonly name: string;
  readonly space: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Local names, the root first, itself not among them. */
  readonly around: readonly string[];
}

export interface XmlReader {
  opened(name: string, space: string, attributes: Readonly<Record<string, string>>): void;
  ended(element: EndedElement): void;
}

export interface XmlFault {
  readonly reason: string;
  readonly line: number;
}

/** No feed that we know is near these. */
const most = { depth: 64, elements: 2_000_000, text: 200_000 } as const;

/**
 * Tells a reader the elements of an XML document, one after the other, never holding the whole. Null when it was well
 * formed. Document types are refused: so nothing is expanded, and nothing outside is asked for.
 */
export function readXml(text: string, reader: XmlReader): XmlFault | null {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: { name: string; space: string; attributes: Record<string, string>; text: string }[] = [];
  let elements = 0;
  const stop = (reason: string): never => {
    throw new Stopped(reason);
  };
  parser.on("error", (error) => stop(`is not well formed: ${error.message.replace(/^\d+:\d+: /, "").slice(0, 120)}`));
  parser.on("doctype", () => stop("has a document type, which feeds have no need of"));
  parser.on("opentag", ({ local, uri, attributes }) => {
    if (open.length >= most.depth) stop(`is deeper than ${most.depth} elements`);
    if (++elements > most.elements) stop(`has more than ${most.elements} elements`);
    const values = Object.fromEntries(Object.values(attributes).map(({ local: name, value }) => [name, value]));
    open.push({ name: local, space: uri, attributes: values, text: "" });
    reader.opened(local, uri, values);
  });
  const add = (piece: string): void => {
    const last = open.at(-1);
    if (last === undefined) return;
    if (last.text.length + piece.length > most.text) stop(`has a text of more than ${most.text} characters`);
    last.text += piece;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    const { name, space, text: content, attributes } = open.pop()!;
    reader.ended({ name, space, text: content.trim(), attributes, around: open.map((one) => one.name) });
  });
  try {
    parser.write(text).close();
    return null;
  } catch (error) {
    if (error instanceof Stopped) return { reason: error.message, line: parser.line };
    throw error;
  }
}

class Stopped extends Error {
  override readonly name = "Stopped";
}
