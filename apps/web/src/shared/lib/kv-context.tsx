import { createContext, use } from "react";
import type { KvStore } from "./kv-store.ts";

export const KvContext = createContext<KvStore | null>(null);

/** @throws {Error} outside the app's providers. */
export function useKvStore(): KvStore {
  const store = use(KvContext);
  if (store === null) throw new Error("no store provider");
  return store;
}
