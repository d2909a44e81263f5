import type { MappingPreview, OrdersAnswer } from "../contract.ts";
import { actingFor, type Api, type Asked } from "../context.ts";
import { applyMapping } from "../mapped/apply-mapping.ts";
import { must, Refused } from "../problems.ts";
import { createOrder, quoteOrder } from "./place-orders.ts";

/** What comes of a mapping is a request like any other: the contract judges each order, and says what is wrong with it. */
export async function takeMapped(api: Api, asked: Asked<"takeMapped">): Promise<OrdersAnswer> {
  const mapping = api.mappings?.get(asked.params.mapping);
  if (!mapping) throw new Refused({ code: "MAPPING_NOT_FOUND", mapping: asked.params.mapping });
  const shipper = actingFor(asked.scope, mapping.participant, "SHIPPER_MISSING");
  const orders = must(applyMapping(mapping, asked.body));
  const request = { ...asked, query: { shipper }, body: { orders } } as unknown as Asked<"createOrder">;
  return (await createOrder(api, request)) as OrdersAnswer;
}

export async function previewMapping(api: Api, asked: Asked<"previewMapping">): Promise<MappingPreview> {
  const { mapping, sample } = asked.body;
  const shipper = actingFor(asked.scope, mapping.participant, "SHIPPER_MISSING");
  const orders = must(applyMapping(mapping, sample));
  const request = { ...asked, query: { shipper }, body: { orders } } as unknown as Asked<"quoteOrder">;
  const { outcomes } = await quoteOrder(api, request);
  return { orders: [...orders], outcomes };
}
