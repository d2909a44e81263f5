import { useMemo } from "react";
import { useAsk } from "../app/asking.ts";
import { carrierLooks, type CarrierLook } from "./carrier-look.ts";

const none: ReadonlyMap<string, CarrierLook> = new Map();

/** How each carrier of the network is drawn. */
export function useCarrierLooks(): ReadonlyMap<string, CarrierLook> {
  const { data } = useAsk("listParticipants", {}, { every: 60_000 });
  return useMemo(() => (data === undefined ? none : carrierLooks(data.participants)), [data]);
}
