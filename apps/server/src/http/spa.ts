import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { HttpContext } from "./caller.ts";
import { plainError } from "./plain-error.ts";
import { PAGE_CSP } from "./security-headers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json",
};

/** Where the web app's build stands beside this package, from `src` and from `dist` alike. */
export function defaultWebDir(): string {
  return fileURLToPath(new URL("../../../web/dist", import.meta.url));
}

/** Precompressed beside the file, best first. */
const ENCODINGS = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

/** The web app: its files by name, its page on every other path. */
export async function serveSpa(c: HttpContext, webDir: string): Promise<Response> {
  const path = safePath(c.req.path);
  if (path === null) return plainError("INPUT_INVALID", { requestId: c.get("requestId") });
  const extension = extname(path);
  const type = TYPES[extension];
  if (type !== undefined && extension !== ".html") {
    const found = await openStatic(c, join(webDir, path));
    if (found !== null) return answerWith(c, found, assetHeaders(path, type));
    // A missing script must not be answered with a page.
    return plainError("ASSET_NOT_FOUND", { requestId: c.get("requestId") });
  }
  const page = await openStatic(c, join(webDir, "index.html"));
  if (page === null) {
    return new Response("The web app is not built yet: run `npm run build`.\n", {
      status: 503,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": PAGE_CSP,
    vary: "accept-encoding",
  });
  return answerWith(c, page, headers);
}

interface StaticFile {
  readonly path: string;
  readonly bytes: number;
  readonly encoding: "br" | "gzip" | null;
}

/** Null = leaves the folder, whatever way it is written. */
function safePath(urlPath: string): string | null {
  try {
    const path = normalize(decodeURIComponent(urlPath));
    return path.includes("\0") || path.split(sep).includes("..") ? null : path;
  } catch {
    return null;
  }
}

async function openStatic(c: HttpContext, path: string): Promise<StaticFile | null> {
  const accepted = c.req.header("accept-encoding") ?? "";
  for (const [encoding, suffix] of ENCODINGS) {
    if (!new RegExp(`\\b${encoding}\\b`).test(accepted)) continue;
    const bytes = await sizeOf(path + suffix);
    if (bytes !== null) return { path: path + suffix, bytes, encoding };
  }
  const bytes = await sizeOf(path);
  return bytes === null ? null : { path, bytes, encoding: null };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const facts = await stat(path);
    return facts.isFile() ? facts.size : null;
  } catch {
    return null;
  }
}

function assetHeaders(path: string, type: string): Headers {
  // Vite puts a hash of the content into these names.
  const hashed = path.startsWith(`${sep}assets${sep}`);
  return new Headers({
    "content-type": type,
    "cache-control": hashed ? "public, max-age=31536000, immutable" : "public, max-age=300",
    "content-security-policy": "default-src 'none'",
    vary: "accept-encoding",
  });
}

function answerWith(c: HttpContext, file: StaticFile, headers: Headers): Response {
  headers.set("content-length", String(file.bytes));
  if (file.encoding !== null) headers.set("content-encoding", file.encoding);
  const body = c.req.method === "HEAD" ? null : ReadableStream.from(createReadStream(file.path));
  return new Response(body, { headers });
}
