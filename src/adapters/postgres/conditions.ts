import type { Scope } from "../../domain/index.ts";

/** The `where` of a query and its values, grown condition by condition. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #parts: string[] = [];

  /** The placeholder of a value. */
  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  add(condition: string): this {
    this.#parts.push(condition);
    return this;
  }

  /** Adds nothing where the value is undefined or null. */
  when<Value>(value: Value | undefined | null, condition: (placeholder: string) => string): this {
    return value === undefined || value === null ? this : this.add(condition(this.value(value)));
  }

  where(): string {
    return this.#parts.length === 0 ? "" : `where ${this.#parts.join(" and ")}`;
  }

  /** Rows whose `column` is the viewer. The operator sees all. */
  ownedBy(scope: Scope, column: string): this {
    return scope.viewer === "network" ? this : this.add(`${column} = ${this.value(scope.viewer)}`);
  }

  /** Rows of an order that the viewer owns (`owner`), or of which one leg is, or was, committed to it. */
  ofSeenOrders(scope: Scope, owner: string, order: string): this {
    if (scope.viewer === "network") return this;
    const viewer = this.value(scope.viewer);
    return this.add(
      `(${owner} = ${viewer} or exists (select from leg_holders as held where held.carrier = ${viewer} and held.order_id = ${order}))`,
    );
  }

  /** Rows of a leg that the viewer owns (`owner`), or that is, or was, committed to it. */
  ofSeenLegs(scope: Scope, owner: string, leg: string): this {
    if (scope.viewer === "network") return this;
    const viewer = this.value(scope.viewer);
    return this.add(
      `(${owner} = ${viewer} or exists (select from leg_holders as held where held.carrier = ${viewer} and held.leg_id = ${leg}))`,
    );
  }
}

/** The text as the beginning of a LIKE pattern, its own wildcards taken literally. */
export const startingWith = (text: string): string => `${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
