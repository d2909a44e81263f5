import type { TSchema } from "typebox";
import type { Permission } from "../../../domain/index.ts";

/** One line of the contract. Validation, TypeScript types and the OpenAPI document come from it. */
export interface RouteSpec {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `:name` for parameters. */
  readonly path: string;
  readonly does: string;
  readonly group: string;
  /** The permission it takes; null: everybody, without a key. */
  readonly may: Permission | null;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** What of the body is checked before the handler, where the handler checks the parts, each on its own; all when left out. */
  readonly checked?: TSchema;
  /** How large the body may be, where that is more than other bodies. */
  readonly largest_bytes?: number;
  /** A question that is too long for an address: answered also while nothing can be stored. */
  readonly onlyAsks?: true;
  /** JSON answers by status; every other status is a `Problem`. */
  readonly answers: Readonly<Record<number, TSchema>>;
  /** What comes instead of JSON, or what the body is instead of JSON. */
  readonly produces?: string;
  readonly consumes?: string;
}

/** Routes by name; a handler stands under the same name. */
export type RouteTable = Readonly<Record<string, RouteSpec>>;
