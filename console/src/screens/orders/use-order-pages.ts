import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ListedOrder, OrderList } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { askedOf, type OrderFilter } from "./order-filter.ts";

export interface OrderPages {
  readonly orders: readonly ListedOrder[];
  readonly counts: OrderList["counts"] | undefined;
  readonly error: Error | null;
  /** Nothing has come yet. */
  readonly waiting: boolean;
  readonly reading: boolean;
  /** When the newest answer came, milliseconds since 1970. */
  readonly readAt: number | null;
  readonly more: (() => void) | null;
  readonly refresh: () => void;
}

const PAGE = 100;

/**
 * The orders under a filter, page by page. The first page renews itself; behind it only a person does, because a renewal reads
 * every page again. With names shown it renews rarely: each look at a name is written down.
 */
export function useOrderPages(filter: OrderFilter, contacts: boolean): OrderPages {
  const asked = askedOf(filter);
  const query = useInfiniteQuery({
    queryKey: ["orders", asked, filter.sort, contacts],
    queryFn: ({ pageParam, signal }) =>
      ask("listOrders", {
        query: {
          ...asked,
          ...(filter.sort === undefined ? {} : { sort: filter.sort }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
          ...(contacts ? { contacts } : {}),
          limit: PAGE,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: OrderList) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : contacts ? 60_000 : 5000),
  });
  const orders = useMemo(() => unique(query.data?.pages.flatMap((page) => page.orders) ?? []), [query.data]);
  return {
    orders,
    counts: query.data?.pages[0]?.counts,
    error: query.error,
    waiting: query.isPending,
    reading: query.isFetching,
    readAt: query.dataUpdatedAt === 0 ? null : query.dataUpdatedAt,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
    refresh: () => void query.refetch(),
  };
}

/** An order placed, or estimated anew, between two pages may stand on both. */
const unique = (orders: readonly ListedOrder[]): readonly ListedOrder[] => [
  ...new Map(orders.map((order) => [order.id, order])).values(),
];
