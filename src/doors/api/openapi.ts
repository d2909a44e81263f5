import type { TSchema } from "typebox";
import { carrierApiVersion, carrierRoutes, DeliveryMessage, Problem, routes, type RouteSpec } from "./contract.ts";
import { codes, entryOf } from "./problems.ts";

type Json = Readonly<Record<string, unknown>>;

/** The contract as an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.1); its schemas are JSON Schema already. */
export function openApi(publicUrl: string, version: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Milepool",
      version,
      description: `${about}\n\nEvery refusal carries one of these codes: ${codes.map((code) => `\`${code}\` (${entryOf(code).status})`).join(", ")}.`,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(Object.values(routes).map(({ group }) => group))].map((name) => ({ name })),
    paths: pathsOf(routes, ""),
    components: {
      schemas: { Problem: plain(Problem) },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key, mp_…" },
        session: { type: "apiKey", in: "cookie", name: "milepool_session" },
      },
    },
  };
}

/** The carrier API alone, for those who implement it: paths stand below the carrier's own address, and what it sends stands under `webhooks`. */
export function carrierOpenApi(publicUrl: string): Json {
  const base = "/carrier/v1";
  return {
    openapi: "3.1.0",
    info: {
      title: "Milepool carrier API",
      version: carrierApiVersion,
      description: aboutCarriers,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: `${publicUrl}${base}`, description: "this network as a carrier; yours is your own" }],
    paths: pathsOf(carrierRoutes, base),
    webhooks: {
      deliveryChanged: {
        post: {
          summary: "A delivery has changed",
          requestBody: { required: true, content: { "application/json": { schema: plain(DeliveryMessage) } } },
          responses: { "2XX": { description: "taken; anything else is sent again" } },
        },
      },
    },
    components: {
      schemas: { Problem: plain(Problem) },
      securitySchemes: { key: { type: "http", scheme: "bearer", description: "A key that the carrier has issued" } },
    },
  };
}

const aboutCarriers = [
  "What Milepool asks of any carrier. Points are [longitude, latitude]; money is in minor units of its currency; instants are RFC 3339.",
  "Unknown fields are refused with 400. 401 and 403: not allowed; 404: no such delivery; 409: QUOTE_STALE, NOT_CANCELLABLE or",
  "ALREADY_BOOKED in `code`; 422: understood but not carried (OUT_OF_COVERAGE, NO_COURIERS, or a code of your own); 429 and 503 say",
  "when to come again in Retry-After. Webhooks are signed as Standard Webhooks says (webhook-id, webhook-timestamp, webhook-signature over",
  "id.timestamp.body), come at least once and in any order: `version` tells which is newer. `milepool conform URL` checks an implementation.",
].join(" ");

function pathsOf(table: Readonly<Record<string, RouteSpec>>, below: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, spec] of Object.entries(table)) {
    const path = spec.path.slice(below.length).replace(/:(\w+)/g, "{$1}");
    (paths[path] ??= {})[spec.method.toLowerCase()] = operation(name, spec, below === "");
  }
  return paths;
}

const about = [
  "The open last-mile exchange. Points are [longitude, latitude]; money is in minor units of its currency; instants are RFC 3339.",
  "Errors are problem details (RFC 9457) with `code`, what happened in `detail`, and how to mend it in `mend`.",
  "Who may act for several participants names one in the header `Milepool-As`.",
].join(" ");

/** `ours`: with what only this network knows, permissions and acting for others. */
function operation(name: string, spec: RouteSpec, ours: boolean): Json {
  return {
    operationId: name,
    summary: spec.does,
    tags: [spec.group],
    ...(spec.may === null
      ? { security: [] }
      : ours
        ? { security: [{ key: [] }, { session: [] }], description: `Takes the permission \`${spec.may}\`.` }
        : { security: [{ key: [] }] }),
    parameters: [
      ...parameters(spec.params, "path"),
      ...parameters(spec.query, "query"),
      ...(ours ? headers(name, spec) : []),
    ],
    ...(spec.body
      ? {
          requestBody: {
            required: true,
            content: { [spec.consumes ?? "application/json"]: { schema: plain(spec.body) } },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(spec.answers).map(([status, schema]) => [status, answer(status, schema, spec.produces)]),
      ),
      default: {
        description: "A problem",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

const answer = (status: string, schema: TSchema, produces = "application/json"): Json =>
  status === "204"
    ? { description: "Nothing" }
    : { description: schemaText(schema), content: { [produces]: { schema: plain(schema) } } };

const schemaText = (schema: TSchema): string =>
  (schema as { readonly description?: string }).description ?? "The answer";

function parameters(schema: TSchema | undefined, where: "path" | "query"): readonly Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    readonly properties?: Record<string, TSchema>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: plain(inner),
  }));
}

function headers(name: string, spec: RouteSpec): readonly Json[] {
  const header = (what: string, description: string): Json => ({
    name: what,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  });
  return [
    ...(spec.may === null ? [] : [header("Milepool-As", "act as this participant, where one may act for several")]),
    ...(name === "createOrder" || name === "importOrders"
      ? [header("Idempotency-Key", "the same key gets the same answer; 422 for another body")]
      : []),
    ...(name === "changeOrder" ? [header("If-Match", "the order's ETag; a stale edit is refused with 412")] : []),
    ...(spec.produces === "text/event-stream" ? [header("Last-Event-ID", "go on after this event")] : []),
  ];
}

/** TypeBox keeps notes for itself under symbols and `~` names; JSON drops the first, this the second. */
const plain = (schema: TSchema): Json =>
  JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key.startsWith("~") ? undefined : value))) as Json;
