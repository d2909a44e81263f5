import type { Fault } from "./fault.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON value field by field and notes every fault with its path, instead of giving up at the first. What could not
 * be read comes back as a harmless value, to be thrown away with the rest once `faults` is not empty.
 */
export class JsonReader {
  readonly faults: Fault[] = [];
  /** Paths of fields that were passed over. */
  readonly passedOver: string[] = [];
  readonly #passesOver: boolean;
  /** More than this many help nobody. */
  static readonly most = 50;

  /** `passesOver`: a field that nobody knows is noted, not a fault. */
  constructor({ passesOver = false }: { readonly passesOver?: boolean } = {}) {
    this.#passesOver = passesOver;
  }

  fault(path: string, what: string, mend: string): void {
    if (this.faults.length < JsonReader.most) this.faults.push({ path, what, mend });
  }

  /** An object with no fields but `fields`; those ending in `!` must be there. */
  object(value: unknown, path: string, fields: readonly string[]): Json {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.fault(path || "file", kind(value), "write an object { … }");
      return {};
    }
    const names = fields.map((f) => f.replace("!", ""));
    for (const name of Object.keys(value)) {
      if (names.includes(name)) continue;
      if (!this.#passesOver) this.fault(join(path, name), "unknown field", `known here: ${names.join(", ")}`);
      else if (this.passedOver.length < JsonReader.most) this.passedOver.push(join(path, name));
    }
    for (const field of fields) {
      const name = field.slice(0, -1);
      if (field.endsWith("!") && !(name in value)) this.fault(join(path, name), "is missing", "add it");
    }
    return value as Json;
  }

  /** Each item read by `item`; empty when the field is not there. */
  list<Item>(value: unknown, path: string, item: (value: unknown, path: string, index: number) => Item): Item[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.fault(path, kind(value), "write a list [ … ]");
      return [];
    }
    return value.map((one: unknown, k) => item(one, `${path}[${k}]`, k));
  }

  /** A number from `least` to 1e12, beyond which sums lose their cents; `missing` when the field is not there. */
  number(value: unknown, path: string, missing: number, least = 0): number {
    if (value === undefined) return missing;
    if (typeof value === "number" && value >= least && value <= 1e12) return value;
    this.fault(path, show(value), `write a number from ${least} to 1e12`);
    return missing;
  }

  /** A whole number from 0 to `most`; `missing` when the field is not there. */
  whole(value: unknown, path: string, missing: number, most = Number.MAX_SAFE_INTEGER): number {
    if (value === undefined) return missing;
    if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most) return value as number;
    const end = most === Number.MAX_SAFE_INTEGER ? "on" : `to ${most}`;
    this.fault(path, show(value), `write a whole number from 0 ${end}`);
    return missing;
  }

  /** The text under `description`, null when there is none. */
  description(fields: Json, path: string): string | null {
    return this.#textOrNull(fields, path, "description");
  }

  /** The text under `label`, null when there is none. */
  label(fields: Json, path: string): string | null {
    return this.#textOrNull(fields, path, "label");
  }

  #textOrNull(fields: Json, path: string, name: string): string | null {
    const text = fields[name];
    return text === undefined || text === "" ? null : this.text(text, join(path, name));
  }

  /** A whole number of seconds, also before the origin. */
  instant(value: unknown, path: string): number {
    if (Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31) return value as number;
    this.fault(path, show(value), "write whole seconds from your origin");
    return 0;
  }

  orNull<Value>(value: unknown, read: () => Value): Value | null {
    return value === undefined || value === null ? null : read();
  }

  text(value: unknown, path: string): string {
    if (typeof value === "string" && value !== "") return value;
    this.fault(path, show(value), "write a text in quotes");
    return "";
  }

  /** The index that `names` has for a name. */
  reference(value: unknown, path: string, names: ReadonlyMap<string, number>, what: string): number {
    const index = typeof value === "string" ? names.get(value) : undefined;
    if (index !== undefined) return index;
    const some = [...names.keys()].slice(0, 5).join(", ");
    this.fault(path, `no ${what} ${show(value)}`, `name one of the file's: ${some}${names.size > 5 ? ", …" : ""}`);
    return 0;
  }

  /** Index by id, for things whose ids must differ. */
  index(ids: readonly string[], path: string, field = "id"): Map<string, number> {
    const names = new Map<string, number>();
    ids.forEach((id, k) => {
      if (names.has(id))
        this.fault(`${path}[${k}].${field}`, `${show(id)} is there twice`, `give each its own ${field}`);
      else names.set(id, k);
    });
    return names;
  }
}

/** The path of a field; a name that would be lost or misread between dots stands in quotes. */
export function join(path: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${path}[${show(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

const kind = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "a list" : value === undefined ? "nothing" : `a ${typeof value}`;

/** The value as its writer knows it, short. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
