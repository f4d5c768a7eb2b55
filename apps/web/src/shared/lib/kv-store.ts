/** A small keyed store that outlives a reload. */
export interface KvStore {
  get(store: string, key: string): Promise<unknown>;
  put(store: string, key: string, value: unknown): Promise<void>;
  delete(store: string, key: string): Promise<void>;
  keys(store: string): Promise<string[]>;
}

/** Opens IndexedDB; where the browser has none (some private windows), things last as long as the page. */
export function openKvStore(o: {
  indexedDB: IDBFactory | undefined;
  name: string;
  stores: readonly string[];
}): KvStore {
  const memory = memoryStore();
  let opening: Promise<IDBDatabase | null> | null = null;
  const database = () => (opening ??= openDatabase(o).catch(() => null));
  const run = async <T>(
    mode: IDBTransactionMode,
    store: string,
    ask: (objects: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | null> => {
    const open = await database();
    return open === null ? null : settled(ask(open.transaction(store, mode).objectStore(store)));
  };
  return {
    get: async (store, key) =>
      (await database()) === null
        ? memory.get(store, key)
        : run<unknown>("readonly", store, (objects) => objects.get(key)),
    put: async (store, key, value) => {
      if ((await database()) === null) return memory.put(store, key, value);
      await run("readwrite", store, (objects) => objects.put(value, key));
    },
    delete: async (store, key) => {
      if ((await database()) === null) return memory.delete(store, key);
      await run("readwrite", store, (objects) => objects.delete(key));
    },
    keys: async (store) => {
      if ((await database()) === null) return memory.keys(store);
      const keys = await run("readonly", store, (objects) => objects.getAllKeys());
      return (keys ?? []).map(String);
    },
  };
}

/** A store in memory, for tests and browsers without IndexedDB. */
export function memoryStore(): KvStore {
  const maps = new Map<string, Map<string, unknown>>();
  const mapOf = (store: string) => {
    const map = maps.get(store) ?? new Map<string, unknown>();
    maps.set(store, map);
    return map;
  };
  return {
    get: (store, key) => Promise.resolve(mapOf(store).get(key)),
    put: (store, key, value) => {
      mapOf(store).set(key, value);
      return Promise.resolve();
    },
    delete: (store, key) => {
      mapOf(store).delete(key);
      return Promise.resolve();
    },
    keys: (store) => Promise.resolve([...mapOf(store).keys()]),
  };
}

function openDatabase(o: {
  indexedDB: IDBFactory | undefined;
  name: string;
  stores: readonly string[];
}): Promise<IDBDatabase> {
  if (o.indexedDB === undefined) return Promise.reject(new Error("no IndexedDB"));
  const request = o.indexedDB.open(o.name, 1);
  request.addEventListener("upgradeneeded", () => {
    for (const store of o.stores) request.result.createObjectStore(store);
  });
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  request.addEventListener("success", () => resolve(request.result));
  request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB")));
  return promise;
}
