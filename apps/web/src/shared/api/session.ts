import { ServerUnreachable } from "./app-error.ts";

/** Whether this browser has a guest session. The cookie itself is out of reach; this remembers that it was set. */
export interface Session {
  readonly subscribe: (listener: () => void) => () => void;
  readonly isSignedIn: () => boolean;
  /** Signs in as a guest unless that was done before. @throws {ServerUnreachable} when the server does not answer. */
  ensure(): Promise<void>;
  /** The server no longer knows the session. */
  forget(): void;
}

const STORAGE_KEY = "ob.guest";

/** @param o.probe answers whether an existing cookie still works. */
export function createSession(o: {
  origin: string;
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  fetch: typeof fetch;
  probe: () => Promise<boolean>;
}): Session {
  const listeners = new Set<() => void>();
  let signingIn: Promise<void> | null = null;
  const isSignedIn = () => o.storage.getItem(STORAGE_KEY) !== null;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const signIn = async () => {
    const response = await o
      .fetch(`${o.origin}/api/auth/sign-in/anonymous`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      })
      .catch((cause: unknown) => {
        throw new ServerUnreachable("sign-in", { cause });
      });
    // A guest who is one already is refused; then the old cookie is what we want.
    if (!response.ok && !(await o.probe()))
      throw new ServerUnreachable(`sign-in: ${response.status}`);
    o.storage.setItem(STORAGE_KEY, "1");
    tell();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isSignedIn,
    ensure: () => {
      if (isSignedIn()) return Promise.resolve();
      signingIn ??= signIn().finally(() => {
        signingIn = null;
      });
      return signingIn;
    },
    forget: () => {
      o.storage.removeItem(STORAGE_KEY);
      tell();
    },
  };
}
