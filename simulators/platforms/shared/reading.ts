import { fromIso, type Instant } from "../../../src/kernel/quantity.ts";
import { isObject, type JsonObject } from "./json.ts";

interface TextRules {
  readonly required?: boolean;
  /** Longest allowed length in characters, inclusive. */
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly otherwise?: string;
}

interface NumberRules {
  readonly required?: boolean;
  /** Inclusive, as is `max`. */
  readonly min?: number;
  readonly max?: number;
}

/**
 * Reads a request body field by field and gathers everything wrong with it, so that one answer names all.
 * A field that is absent or null reads as null; so does a wrong one, and then `problems` has its name.
 */
export class Reading {
  readonly body: JsonObject;
  readonly problems: Map<string, string>;
  readonly #prefix: string;

  constructor(body: JsonObject, problems = new Map<string, string>(), prefix = "") {
    this.body = body;
    this.problems = problems;
    this.#prefix = prefix;
  }

  wrong(name: string, text: string): null {
    this.problems.set(this.#prefix + name, text);
    return null;
  }

  has(name: string): boolean {
    return this.body[name] !== undefined && this.body[name] !== null;
  }

  text(name: string, rules: TextRules = {}): string | null {
    if (!this.has(name)) return rules.required ? this.wrong(name, `${name} is required`) : null;
    const value = this.body[name];
    if (typeof value !== "string") return this.wrong(name, `${name} must be a string`);
    if (rules.required && value.trim() === "") return this.wrong(name, `${name} is required`);
    if (rules.max !== undefined && value.length > rules.max)
      return this.wrong(name, `${name} must not be longer than ${rules.max} characters`);
    if (rules.pattern && !rules.pattern.test(value)) return this.wrong(name, rules.otherwise ?? `${name} is not valid`);
    return value;
  }

  number(name: string, rules: NumberRules = {}): number | null {
    if (!this.has(name)) return rules.required ? this.wrong(name, `${name} is required`) : null;
    const value = this.body[name];
    if (typeof value !== "number") return this.wrong(name, `${name} must be a number`);
    if (rules.min !== undefined && value < rules.min) return this.wrong(name, `${name} must be at least ${rules.min}`);
    if (rules.max !== undefined && value > rules.max) return this.wrong(name, `${name} must be at most ${rules.max}`);
    return value;
  }

  whole(name: string, rules: NumberRules = {}): number | null {
    const value = this.number(name, rules);
    return value === null || Number.isSafeInteger(value) ? value : this.wrong(name, `${name} must be an integer`);
  }

  flag(name: string): boolean | null {
    if (!this.has(name)) return null;
    const value = this.body[name];
    return typeof value === "boolean" ? value : this.wrong(name, `${name} must be a boolean`);
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | null {
    const value = this.text(name);
    if (value === null) return null;
    return values.find((one) => one === value) ?? this.wrong(name, `${name} must be one of ${values.join(", ")}`);
  }

  instant(name: string): Instant | null {
    const value = this.text(name);
    if (value === null) return null;
    return fromIso(value) ?? this.wrong(name, `${name} must be an RFC 3339 date-time`);
  }

  object(name: string): Reading | null {
    if (!this.has(name)) return null;
    const value = this.body[name];
    if (!isObject(value)) return this.wrong(name, `${name} must be an object`);
    return new Reading(value, this.problems, `${this.#prefix}${name}.`);
  }

  list(name: string, rules: { readonly required?: boolean } = {}): readonly Reading[] {
    if (!this.has(name)) return rules.required ? (this.wrong(name, `${name} is required`) ?? []) : [];
    const value = this.body[name];
    if (!Array.isArray(value)) return this.wrong(name, `${name} must be a list`) ?? [];
    if (rules.required && value.length === 0) return this.wrong(name, `${name} must not be empty`) ?? [];
    return value.map((entry: unknown, index) => {
      if (!isObject(entry)) this.wrong(`${name}[${index}]`, "must be an object");
      return new Reading(isObject(entry) ? entry : {}, this.problems, `${this.#prefix}${name}[${index}].`);
    });
  }
}
