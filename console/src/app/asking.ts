import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { Answer, RouteName } from "../../../src/doors/api/contract.ts";
import { ask, type Asking } from "./api.ts";

interface Pace {
  /** Milliseconds between two askings while the page is looked at. */
  readonly every?: number;
  readonly enabled?: boolean;
  /** Shows the last answer while the next, to another question, is under way. */
  readonly keep?: boolean;
}

/** Asks a route and keeps its answer fresh. */
export function useAsk<N extends RouteName>(
  name: N,
  asking: Asking<N> = {},
  { every, enabled = true, keep = false }: Pace = {},
): UseQueryResult<Answer<N>> {
  return useQuery({
    queryKey: [name, asking.params ?? null, asking.query ?? null],
    queryFn: ({ signal }) => ask(name, { ...asking, signal }),
    enabled,
    ...(every === undefined ? {} : { refetchInterval: every }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}
