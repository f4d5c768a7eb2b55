/**
 * What pages of the web app may do: scripts of our own only, pictures also from memory, and pictures
 * and bytes from the bucket's origin where there is one (null = every byte passes through us).
 */
export function pageCsp(bucketOrigin: string | null): string {
  const bucket = bucketOrigin === null ? "" : ` ${bucketOrigin}`;
  return [
    "default-src 'self'",
    "script-src 'self'",
    // Inline styles come from the measured positions of dialogs and sliders.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' blob: data:${bucket}`,
    "font-src 'self'",
    `connect-src 'self'${bucket}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Anything that is no page of ours can do nothing at all when opened. */
export const FILE_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Headers of every answer. */
export function securityHeaders(https: boolean): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    ...(https ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
