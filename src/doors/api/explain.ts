import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { Code } from "./problems.ts";

/** A field that is not as the contract says: a refusal with the path of the field, e.g. `orders[3].dropoff.point`. */
export interface Mismatch {
  readonly code: Extract<Code, "FIELD_UNKNOWN" | "FIELD_MISSING" | "FIELD_WRONG">;
  readonly field: string;
  readonly why?: string;
  readonly alike?: string;
  readonly example?: string;
}

/** The part of JSON Schema that the contract uses. */
interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

const compiled = new WeakMap<object, Validator>();
const validatorOf = (schema: TSchema | Schema): Validator => {
  let found = compiled.get(schema);
  if (!found) compiled.set(schema, (found = Compile(schema)));
  return found;
};

/** The compiled check decides; the walk only explains. Null when the value is as the schema says; else the first mismatch, in words. `path`: where the value stands in the request. */
export function mismatch(schema: TSchema, value: unknown, root: string, path = ""): Mismatch | null {
  if (validatorOf(schema).Check(value)) return null;
  return walk(schema, value, path) ?? { code: "FIELD_WRONG", field: root, why: "is not as the contract says" };

  function walk(at: Schema, found: unknown, path: string): Mismatch | null {
    if (validatorOf(at).Check(found)) return null;
    if (at.anyOf) return walk(likeliest(at.anyOf, found), found, path);
    if (at.type === "object" && isRecord(found)) return inObject(at, found, path);
    if (at.type === "array" && Array.isArray(found)) return inArray(at, found, path);
    const example = at.examples?.[0];
    return {
      code: "FIELD_WRONG",
      field: path || root,
      why: whyNot(at, found),
      ...(example === undefined ? {} : { example: JSON.stringify(example) }),
    };
  }

  function inObject(at: Schema, found: Readonly<Record<string, unknown>>, path: string): Mismatch | null {
    const known = at.properties ?? {};
    if (at.additionalProperties === false)
      for (const name of Object.keys(found))
        if (!Object.hasOwn(known, name)) return unknownField(name, known, found, path);
    for (const name of at.required ?? [])
      if (!Object.hasOwn(found, name)) return { code: "FIELD_MISSING", field: join(path, name) };
    for (const [name, schema] of Object.entries(known)) {
      if (!Object.hasOwn(found, name)) continue;
      const wrong = walk(schema, found[name], join(path, name));
      if (wrong) return wrong;
    }
    return null;
  }

  function inArray(at: Schema, found: readonly unknown[], path: string): Mismatch | null {
    const wrong = (why: string): Mismatch => ({ code: "FIELD_WRONG", field: path || root, why });
    if (at.minItems !== undefined && at.minItems === at.maxItems && found.length !== at.minItems)
      return {
        ...wrong(`must have exactly ${at.minItems} values`),
        ...(at.examples ? { example: JSON.stringify(at.examples[0]) } : {}),
      };
    if (found.length < (at.minItems ?? 0)) return wrong(`must have at least ${at.minItems} entries`);
    if (found.length > (at.maxItems ?? Infinity))
      return wrong(`may have at most ${at.maxItems} entries, and has ${found.length}`);
    for (const [index, item] of found.entries()) {
      const inside = at.items ? walk(at.items, item, `${path}[${index}]`) : null;
      if (inside) return inside;
    }
    return wrong("names something twice");
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** Names are cut and stripped of control characters: they come from outside and go into answers. */
const join = (path: string, name: string): string => {
  const shown = name.slice(0, 60).replace(/[^\x20-\x7e\u00a0-\uffff]/g, "?");
  return path === "" ? shown : `${path}.${shown}`;
};

/** Of a union's branches, the one that the sender seems to have meant: same kind of value, most field names in common. */
function likeliest(branches: readonly Schema[], value: unknown): Schema {
  const score = (branch: Schema): number => {
    if (branch.type === "null") return value === null ? 3 : -1;
    if (!isRecord(value)) return branch.type === (Array.isArray(value) ? "array" : typeof value) ? 1 : 0;
    let sum = 0;
    for (const [name, schema] of Object.entries(branch.properties ?? {})) {
      if (!Object.hasOwn(value, name)) continue;
      sum += schema.const === undefined ? 1 : schema.const === value[name] ? 100 : -100;
    }
    return sum;
  };
  return branches.reduce((best, branch) => (score(branch) > score(best) ? branch : best));
}

function unknownField(
  name: string,
  known: Readonly<Record<string, Schema>>,
  found: Readonly<Record<string, unknown>>,
  path: string,
): Mismatch {
  const open = Object.keys(known).filter((other) => !Object.hasOwn(found, other));
  const alike = open.find((other) => close(name.toLowerCase(), other.toLowerCase()));
  return { code: "FIELD_UNKNOWN", field: join(path, name), ...(alike ? { alike: join(path, alike) } : {}) };
}

/** Two edits apart at most (Levenshtein), for words short enough to be names. */
function close(a: string, b: string): boolean {
  if (a.length > 40 || Math.abs(a.length - b.length) > 2) return false;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]! <= 2;
}

const articles: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

function whyNot(at: Schema, value: unknown): string {
  if (at.enum) return `must be one of ${at.enum.join(", ")}`;
  if (at.const !== undefined) return `must be ${JSON.stringify(at.const)}`;
  if (at.type && !isA(at.type, value)) return `must be ${articles[at.type] ?? at.type}`;
  if (typeof value === "string") return whyNotText(at, value);
  if (typeof value === "number" && at.minimum !== undefined && value < at.minimum)
    return `must be at least ${at.minimum}`;
  if (typeof value === "number" && at.maximum !== undefined && value > at.maximum)
    return `must be at most ${at.maximum}`;
  return "is not as the contract says";
}

function isA(type: string, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  return type === "object" ? isRecord(value) : typeof value === type;
}

function whyNotText(at: Schema, value: string): string {
  if (value.length < (at.minLength ?? 0))
    return value === "" ? "must not be empty" : `must have at least ${at.minLength} characters`;
  if (value.length > (at.maxLength ?? Infinity)) return `may have at most ${at.maxLength} characters`;
  if (at.format === "date-time") return "must be an RFC 3339 date and time with its offset";
  if (at.format === "email") return "must be an e-mail address";
  if (at.format === "uri") return "must be a URL";
  if (value.trim() === "") return "must not be blank";
  if (value.includes("\0")) return "must not hold a null character";
  return at.description ? `must be ${at.description}` : `must match ${at.pattern}`;
}

/** Query and path values come as text; the schema says what they mean. What cannot be read stays as it came, and is refused with its name. */
export function fromText(schema: TSchema, value: unknown): unknown {
  const shape = (schema as Schema).properties;
  if (!shape || !isRecord(value)) return value;
  const read: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(value)) read[name] = shape[name] ? one(shape[name], raw) : raw;
  return read;
}

function one(schema: Schema, raw: unknown): unknown {
  if (schema.type === "array") {
    const parts = (Array.isArray(raw) ? raw : [raw]) as readonly unknown[];
    const words = parts.flatMap((part) => (typeof part === "string" ? part.split(",") : [part]));
    return words.filter((word) => word !== "").map((word) => (schema.items ? one(schema.items, word) : word));
  }
  if (typeof raw !== "string") return raw;
  if ((schema.type === "integer" || schema.type === "number") && /^-?\d+(\.\d+)?$/.test(raw)) return Number(raw);
  if (schema.type === "boolean" && (raw === "true" || raw === "false")) return raw === "true";
  return raw;
}
