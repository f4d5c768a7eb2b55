import { bearerToken } from "../auth/bearer-token.ts";

/** What the cross-site rule needs of a request. */
export interface OriginFacts {
  readonly method: string;
  readonly authorization: string | null;
  readonly origin: string | null;
  readonly secFetchSite: string | null;
}

/** Whose pages may call us with a cookie. */
export interface OriginRule {
  readonly publicOrigin: string;
  /** Our port, for loopback names; null in production, where only `publicOrigin` counts. */
  readonly loopbackPort: number | null;
}

/**
 * Whether a request may act for a cookie's owner. A Bearer cannot be sent by a foreign page without
 * knowing it, so it passes; a browser tells where a page comes from by `Origin` and `Sec-Fetch-Site`;
 * a caller that sends neither is no browser.
 */
export function isSameOrigin(facts: OriginFacts, rule: OriginRule): boolean {
  if (bearerToken(facts.authorization) !== null) return true;
  if (facts.origin !== null && !isOurOrigin(facts.origin, rule)) return false;
  switch (facts.secFetchSite) {
    case null:
    case "same-origin":
      return true;
    case "none":
      return facts.method === "GET";
    // A closed set of the Fetch standard, but sent by the other side: all else is foreign.
    default:
      return false;
  }
}

function isOurOrigin(origin: string, rule: OriginRule): boolean {
  if (origin === rule.publicOrigin) return true;
  if (rule.loopbackPort === null || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  const port = url.port === "" ? 80 : Number(url.port);
  return url.protocol === "http:" && isLoopbackName(url.hostname) && port === rule.loopbackPort;
}

/** `localhost`, names below it, 127.0.0.0/8 and ::1, without a port. */
export function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}
