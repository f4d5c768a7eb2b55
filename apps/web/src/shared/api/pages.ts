import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";

/** One page of a list, and where the next begins; null = this was the last. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * A list read page by page. tRPC's own infinite hook adds a `direction` that the server's strict
 * inputs refuse, so this asks with the cursor alone; `queryKey` is tRPC's, so its cache tools work.
 */
export function usePages<Item>(o: {
  queryKey: QueryKey;
  ask: (cursor: string | null) => Promise<Page<Item>>;
  isEnabled: boolean;
}) {
  return useInfiniteQuery({
    queryKey: o.queryKey,
    queryFn: ({ pageParam }) => o.ask(pageParam),
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: o.isEnabled,
    refetchOnMount: "always",
  });
}

function firstPage(): string | null {
  return null;
}

/** The cursor as an input field, left out on the first page. */
export function withCursor(cursor: string | null): { cursor?: string } {
  return cursor === null ? {} : { cursor };
}
