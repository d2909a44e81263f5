import { ok, refuse, type Result } from "../../../kernel/result.ts";
import type { Mapping } from "../contract.ts";

/** Why a document makes no orders at all. */
export type MappingRefusal =
  | { readonly code: "MAPPED_NOT_A_LIST"; readonly at: string }
  | { readonly code: "MAPPED_TOO_MANY"; readonly limit: number; readonly found: number };

const most = 1000;

/** The orders that the mapping makes of a document, as they stand in a request; whether they are any good, the contract says afterwards. */
export function applyMapping({ each, fields }: Mapping, document: unknown): Result<readonly unknown[], MappingRefusal> {
  const list = each === undefined ? [document] : at(document, each.replace(/^#/, ""));
  if (!Array.isArray(list)) return refuse({ code: "MAPPED_NOT_A_LIST", at: each ?? "" });
  if (list.length > most) return refuse({ code: "MAPPED_TOO_MANY", limit: most, found: list.length });
  return ok(
    list.map((entry: unknown) => {
      const order: Tree = {};
      for (const [path, source] of Object.entries(fields)) {
        const value = read(source, entry, document);
        if (value !== undefined) put(order, path.slice(1).split("/"), value);
      }
      return order;
    }),
  );
}

type Source = Mapping["fields"][string];

function read(source: Source, entry: unknown, document: unknown): unknown {
  if ("value" in source) return source.value;
  const pointers = Array.isArray(source.from) ? source.from : [source.from];
  const found = pointers
    .map((pointer) => (pointer.startsWith("#") ? at(document, pointer.slice(1)) : at(entry, pointer)))
    .filter((value) => value !== undefined && value !== null && value !== "");
  if (found.length === 0) return source.otherwise;
  const value = source.join === undefined ? found[0] : found.map(asText).join(source.join);
  if (source.words)
    return Object.hasOwn(source.words, asText(value)) ? source.words[asText(value)] : (source.otherwise ?? value);
  if (source.times === undefined) return value;
  const product = Number(value) * source.times;
  return Number.isFinite(product) ? Math.round(product) : value;
}

const asText = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** What stands at a JSON pointer (RFC 6901); undefined where nothing does. Inherited names are not there. */
function at(document: unknown, pointer: string): unknown {
  let found = document;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Tree)[name];
  }
  return found;
}

type Tree = Record<string, unknown>;

/** Steps that are numbers make lists; one beyond a list's end goes to its end, so that no list has holes. */
function put(into: Tree, [step, ...rest]: readonly string[], value: unknown): void {
  if (Array.isArray(into) && !/^\d+$/.test(step!)) return; // a name has no place in a list
  const key = Array.isArray(into) ? String(Math.min(Number(step), into.length)) : step!;
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inside = Object.hasOwn(into, key) ? into[key] : undefined;
  const next =
    typeof inside === "object" && inside !== null
      ? (inside as Tree)
      : /^\d+$/.test(rest[0]!)
        ? ([] as unknown as Tree)
        : {};
  into[key] = next;
  put(next, rest, value);
}
