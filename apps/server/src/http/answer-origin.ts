import { isLoopbackName } from "./check-origin.ts";

/**
 * Origin of the URLs in an answer: `PUBLIC_URL`, but outside production the very host a loopback
 * caller used, so that its browser sees one origin.
 */
export function answerOrigin(request: {
  host: string | null;
  publicOrigin: string;
  production: boolean;
}): string {
  const { host, publicOrigin, production } = request;
  if (production || host === null || !URL.canParse(`http://${host}`)) return publicOrigin;
  const url = new URL(`http://${host}`);
  return isLoopbackName(url.hostname) && url.host === host.toLowerCase()
    ? url.origin
    : publicOrigin;
}
