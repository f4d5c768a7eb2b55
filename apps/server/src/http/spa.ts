import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { HttpContext } from "./caller.ts";
import { type Encoding, openBuiltFiles, type WireFile } from "./built-files.ts";
import { plainError } from "./plain-error.ts";
import { pageCsp } from "./security-headers.ts";

const TEXT_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json",
};

/** Compressed by nature. */
const BINARY_TYPES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Where the web app's build stands beside this package, from `src` and from `dist` alike. */
export function defaultWebDir(): string {
  return fileURLToPath(new URL("../../../web/dist", import.meta.url));
}

/**
 * The web app: its files by name, its page on every other path. `bucketOrigin`: where its pictures
 * also come from; null = from us alone.
 */
export function createSpa(
  webDir: string,
  bucketOrigin: string | null,
): (c: HttpContext) => Promise<Response> {
  const files = openBuiltFiles();
  // Also of scripts: a worker is judged by the policy its own script came with.
  const csp = pageCsp(bucketOrigin);
  return async (c) => {
    const path = safePath(c.req.path);
    const requestId = c.get("requestId");
    if (path === null) return plainError("INPUT_INVALID", { requestId });
    const extension = extname(path);
    const isText = extension in TEXT_TYPES;
    const type = TEXT_TYPES[extension] ?? BINARY_TYPES[extension];
    if (type !== undefined) {
      const found = await files.read(join(webDir, path), isText ? encodingsOf(c) : []);
      // A missing script must not be answered with a page.
      if (found === null) return plainError("ASSET_NOT_FOUND", { requestId });
      const headers = { "content-type": type, "cache-control": cachingOf(path) };
      return answerWith(c, found, { ...headers, "content-security-policy": csp });
    }
    const page = await files.read(join(webDir, "index.html"), encodingsOf(c));
    if (page === null) return notBuilt();
    return answerWith(c, page, { ...PAGE_HEADERS, "content-security-policy": csp });
  };
}

const PAGE_HEADERS = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };

/** Vite puts a hash of the content into the names below /assets. */
function cachingOf(path: string): string {
  return path.startsWith(`${sep}assets${sep}`)
    ? "public, max-age=31536000, immutable"
    : "public, max-age=300";
}

function notBuilt(): Response {
  return new Response("The web app is not built yet: run `npm run build`.\n", {
    status: 503,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}

/** Null = leaves the folder, whatever way it is written. */
function safePath(urlPath: string): string | null {
  try {
    const path = decodeURIComponent(urlPath);
    if (path.includes("\0") || path.split(/[\\/]/).includes("..")) return null;
    return normalize(path);
  } catch {
    return null;
  }
}

function encodingsOf(c: HttpContext): Encoding[] {
  const accepted = (c.req.header("accept-encoding") ?? "").split(",").map((entry) => entry.trim());
  const takes = (encoding: Encoding) =>
    accepted.some((entry) => new RegExp(`^${encoding}(;\\s*q=(?!0(\\.0+)?$).*)?$`).test(entry));
  return (["br", "gzip"] as const).filter(takes);
}

function answerWith(c: HttpContext, file: WireFile, given: Record<string, string>): Response {
  const headers = new Headers({
    ...given,
    "content-length": String(file.bytes.byteLength),
    vary: "accept-encoding",
  });
  if (file.encoding !== null) headers.set("content-encoding", file.encoding);
  return new Response(c.req.method === "HEAD" ? null : file.bytes, { headers });
}
