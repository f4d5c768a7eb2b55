import { type KnownText, redactText } from "./redact-text.ts";
import { redactUrl } from "./redact-url.ts";

/** Headers whose values help and are no secret; of any other only the length is kept. */
const PLAIN_HEADERS =
  /^(accept|accept-encoding|accept-ranges|age|allow|cache-control|cf-cache-status|cf-ray|connection|content-disposition|content-encoding|content-length|content-range|content-type|date|etag|expires|host|last-modified|retry-after|server|transfer-encoding|upgrade|user-agent|vary|via|www-authenticate|x-amz-id-2|x-amz-request-id|x-amz-date|x-amz-content-sha256|x-held-back|x-ratelimit-[a-z-]+|x-request-id)$/;
const LONGEST_VALUE = 500;

/** Headers with lower-case names; secrets and unknown ones as `[N characters]`. */
export function redactHeaders(
  headers: Iterable<readonly [string, string]>,
  known: readonly KnownText[],
): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([mixed, value]) => {
      const name = mixed.toLowerCase();
      if (name === "location") return [name, redactUrl(value)];
      return PLAIN_HEADERS.test(name)
        ? [name, redactText(value.slice(0, LONGEST_VALUE), known)]
        : [name, `[${value.length} characters]`];
    }),
  );
}
