import { createSharedWork, findOpenUpload, markStored, ownsObject, type SharedWork } from "@ob/api";
import type { FileGrants, Grant, GrantVerdict } from "../adapters/file-grants.ts";
import { CONTENT_TYPE, type ObjectName, parseObjectKey } from "../adapters/object-path.ts";
import { downloadName } from "../adapters/served-store.ts";
import { cookiesFor, type HttpContext, type HttpOptions, readCaller } from "./caller.ts";
import { discardBody } from "./discard-body.ts";
import { plainError } from "./plain-error.ts";
import { FILE_CSP } from "./security-headers.ts";

const FORMATS = { png: "image/png", jpeg: "image/jpeg", webp: "image/webp" } as const;
type Format = keyof typeof FORMATS;

const GRANT = /^(\d{1,12})\.(i|a|put)\.([A-Za-z0-9_-]{1,100})$/;

/** Pictures held in memory to convert; further requests wait with nothing read. */
const CONVERSIONS_AT_ONCE = 4;
/** Presigned URLs are good for an hour at least. */
const REDIRECT_KEPT_SECONDS = 600;
/** Null = too long a side for the format. */
type Conversion = Uint8Array | "gone" | null;

interface ServeOptions extends HttpOptions {
  readonly conversions: SharedWork<Conversion>;
}

export interface FileRoutes {
  /** GET and HEAD /files/:grant/:key */
  serve(c: HttpContext): Promise<Response>;
  /** PUT /files/:grant/:uploadId */
  receive(c: HttpContext): Promise<Response>;
}

/** The signed URLs of the file store. The signature stands in the path, so that `?format=` may follow. */
export function fileRoutes(options: HttpOptions, grants: FileGrants): FileRoutes {
  const serving = { ...options, conversions: createSharedWork<Conversion>(CONVERSIONS_AT_ONCE) };
  return {
    serve: (c) => serveFile(c, serving, grants),
    receive: (c) => receiveUpload(c, options, grants),
  };
}

async function serveFile(
  c: HttpContext,
  options: ServeOptions,
  grants: FileGrants,
): Promise<Response> {
  const requestId = c.get("requestId");
  const [, grantText = "", key = ""] = /^\/files\/([^/]*)\/(.*)$/.exec(c.req.path) ?? [];
  const name = parseObjectKey(key);
  if (name === null || name.extension === null) return plainError("ASSET_NOT_FOUND", { requestId });

  const disposition = grantText.split(".")[1] === "a" ? "attachment" : "inline";
  const checked = checkGrant(
    grants,
    { text: grantText, grant: { kind: "read", key, disposition } },
    options,
  );
  const cookies = checked.verdict === "good" ? [] : await ownersCookies(c, options, key);
  if (cookies === null) return plainError("ASSET_NOT_FOUND", { requestId, status: 403 });
  const format = readFormat(c.req.query("format"), name);
  if (format === "unknown") return plainError("INPUT_INVALID", { requestId });

  const size = await options.store.size(key);
  if (size === null) return plainError("ASSET_NOT_FOUND", { requestId });
  const etag = `"${name.sha256 ?? ""}${format === null ? "" : `-${format}`}"`;
  const headers = fileHeaders({ name, format, disposition, etag, maxAge: checked.secondsLeft });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  if (matches(c.req.header("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  const isHead = c.req.method === "HEAD";
  if (format === null || format === "png") {
    const { access } = options.store;
    if (access.kind === "direct" && !isHead) {
      const url = access.url({ key, disposition, now: options.services.now() });
      return redirect(url, headers);
    }
    headers.set("content-length", String(size));
    const body = access.kind === "direct" || isHead ? null : ReadableStream.from(access.read(key));
    return new Response(body, { headers });
  }
  if (isHead) return new Response(null, { headers });
  const converted = await options.conversions.run(`${format} ${key}`, async () => {
    const png = await options.store.get(key);
    return png === null ? "gone" : options.services.imaging.convert(png, format);
  });
  if (converted === "gone") return plainError("ASSET_NOT_FOUND", { requestId });
  // So long a side fits into no file of that format.
  if (converted === null) return plainError("INPUT_INVALID", { requestId });
  return new Response(new Uint8Array(converted), { headers });
}

/** The bytes come from the bucket itself; the way there is kept for less time than it is good for. */
function redirect(location: string, facts: Headers): Response {
  const headers = new Headers({
    location,
    "cache-control": `private, max-age=${REDIRECT_KEPT_SECONDS}`,
    "cross-origin-resource-policy": "cross-origin",
  });
  for (const cookie of facts.getSetCookie()) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}

async function receiveUpload(
  c: HttpContext,
  options: HttpOptions,
  grants: FileGrants,
): Promise<Response> {
  const requestId = c.get("requestId");
  const { access } = options.store;
  // Uploads go to the bucket; no ticket of this store leads here.
  if (access.kind === "direct") return plainError("UPLOAD_NOT_FOUND", { requestId });
  const [, grantText = "", uploadId = ""] =
    /^\/files\/([^/]*)\/([0-9a-f-]{36})$/.exec(c.req.path) ?? [];
  const { verdict } = checkGrant(
    grants,
    { text: grantText, grant: { kind: "write", uploadId } },
    options,
  );
  if (verdict !== "good") return plainError("UPLOAD_NOT_FOUND", { requestId, status: 403 });
  const upload = await findOpenUpload(options.services, uploadId);
  if (upload === null) return plainError("UPLOAD_NOT_FOUND", { requestId });
  if (c.req.header("content-type")?.trim().toLowerCase() !== upload.contentType) {
    await discardBody(c.req.raw.body);
    return cut(plainError("IMAGE_TYPE_UNSUPPORTED", { requestId }));
  }
  const announced = Number(c.req.header("content-length") ?? "0");
  if (announced > upload.declaredBytes) {
    await discardBody(c.req.raw.body);
    return cut(plainError("FILE_TOO_LARGE", { requestId }));
  }
  const { services } = options;
  const body = c.req.raw.body ?? new Blob([]).stream();
  const counted = passing(body, () => services.failpoint("upload.receiving"));
  const receipt = await access.receive(upload.objectKey, counted, upload.declaredBytes);
  switch (receipt.kind) {
    case "stored":
      services.failpoint("upload.received");
      if (!(await markStored(services, { uploadId, bytes: receipt.bytes }))) {
        return plainError("UPLOAD_NOT_FOUND", { requestId });
      }
      return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
    case "too-large":
      return cut(plainError("FILE_TOO_LARGE", { requestId }));
    case "too-small":
      return plainError("INPUT_INVALID", { requestId });
    case "taken":
      return plainError("UPLOAD_NOT_FOUND", { requestId });
  }
}

/** The same bytes; tells once the first of them are taken and more are asked for. */
async function* passing(
  body: AsyncIterable<Uint8Array>,
  afterFirst: () => void,
): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of body) {
    yield chunk;
    if (isFirst) afterFirst();
    isFirst = false;
  }
}

/** A sender that did not keep to what was agreed has to connect anew. */
function cut(answer: Response): Response {
  answer.headers.set("connection", "close");
  return answer;
}

function checkGrant(
  grants: FileGrants,
  claim: { text: string; grant: Grant },
  options: HttpOptions,
): { verdict: GrantVerdict; secondsLeft: number } {
  const { grant } = claim;
  const match = GRANT.exec(claim.text);
  const word = grant.kind === "write" ? "put" : grant.disposition === "attachment" ? "a" : "i";
  if (match === null || match[2] !== word) return { verdict: "forged", secondsLeft: 0 };
  const expirySeconds = Number(match[1]);
  const now = options.services.now();
  const verdict = grants.verify(grant, { expirySeconds, signature: match[3] ?? "" }, now);
  const secondsLeft = Math.max(0, expirySeconds - Math.floor(now.getTime() / 1000));
  return { verdict, secondsLeft: verdict === "good" ? secondsLeft : 0 };
}

/** An owner's own session opens his files also without a valid signature. Its renewed cookies; null = not his. */
async function ownersCookies(
  c: HttpContext,
  options: HttpOptions,
  key: string,
): Promise<readonly string[] | null> {
  const session = await readCaller(c, options.auth);
  if (session === null) return null;
  const isOwn = await ownsObject(options.services, { ownerId: session.ownerId, key });
  return isOwn ? cookiesFor(c, session) : null;
}

function readFormat(given: string | undefined, name: ObjectName): Format | null | "unknown" {
  if (given === undefined) return null;
  const isFormat = given === "png" || given === "jpeg" || given === "webp";
  return isFormat && name.extension === "png" ? given : "unknown";
}

function fileHeaders(facts: {
  name: ObjectName;
  format: Format | null;
  disposition: "inline" | "attachment";
  etag: string;
  maxAge: number;
}): Headers {
  const stored = facts.name.extension ?? "png";
  const extension = facts.format === null ? stored : facts.format === "jpeg" ? "jpg" : facts.format;
  const fileName = downloadName(facts.name.sha256, extension);
  return new Headers({
    "content-type": facts.format === null ? CONTENT_TYPE[stored] : FORMATS[facts.format],
    "content-disposition":
      facts.disposition === "attachment" ? `attachment; filename="${fileName}"` : "inline",
    "cache-control": `private, max-age=${facts.maxAge}, immutable`,
    "content-security-policy": FILE_CSP,
    // The signature is the right to read, for whatever page holds it.
    "cross-origin-resource-policy": "cross-origin",
    etag: facts.etag,
  });
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((given) => given.trim().replace(/^W\//, "") === etag);
}
