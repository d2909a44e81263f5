import type { Answer } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { metricsText } from "../metrics.ts";
import { Refused, type Code } from "../problems.ts";

export const healthz = (): Answer<"healthz"> => ({ ok: true, why: null });

export function readyz({ network }: Api, { reply }: Asked<"readyz">): Answer<"readyz"> {
  const { ok, why } = network.ready();
  if (!ok) void reply.code(503);
  return { ok, why };
}

export async function metrics(api: Api, { reply }: Asked<"metrics">): Promise<unknown> {
  const { text, type } = await metricsText(api);
  return reply.header("content-type", type).send(text);
}

/** A platform's webhook as it came: the connector checks the signature over the raw bytes. */
export async function hook({ network }: Api, { params, body, request }: Asked<"hook">): Promise<Answer<"hook">> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  const result = await network.receive(params.connector, headers, (body as Uint8Array | null) ?? new Uint8Array());
  if (result === null) throw new Refused({ code: "CONNECTOR_UNKNOWN", connector: params.connector });
  if (result.ok) return { applied: result.value.applied };
  throw new Refused({ code: result.refusal.code as Code });
}
