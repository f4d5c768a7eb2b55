import { isIP } from "node:net";

import { isLoopbackAddress, isPublicAddress } from "./public-address.ts";

/** Where files may be fetched from. */
export interface FileOrigins {
  /** Host names; `*.example.com` stands for every host below example.com. */
  hosts: readonly string[];
  /** Takes plain http and any port. For a bucket on this machine only. @default false */
  allowPlain?: boolean;
  /** Takes loopback addresses. For a bucket on this machine only. @default false */
  allowLoopback?: boolean;
}

/**
 * Says why a URL must not be fetched; `null` when nothing about its spelling speaks against it, and
 * the addresses of its host are still to be checked.
 */
export function refuseUrl(text: string, origins: FileOrigins): string | null {
  if (!URL.canParse(text)) return "It is no URL.";
  const url = new URL(text);
  const isPlain = origins.allowPlain === true;
  if (url.protocol !== "https:" && !(isPlain && url.protocol === "http:"))
    return "It is not https.";
  if (url.username !== "" || url.password !== "") return "It carries credentials.";
  if (url.port !== "" && !isPlain) return "It names a port.";
  const host = bareHost(url);
  if (host.endsWith(".")) return "Its host ends with a dot.";
  if (!origins.hosts.some((pattern) => matchesHost(host, pattern))) {
    return "Its host is not among those that outputs are expected from.";
  }
  // No name is looked up for a literal, so it is judged here.
  return isIP(host) === 0 || isAllowedAddress(host, origins) ? null : "Its address is not public.";
}

/** Whether a resolved address may be connected to. */
export function isAllowedAddress(address: string, { allowLoopback }: FileOrigins): boolean {
  return isPublicAddress(address) || (allowLoopback === true && isLoopbackAddress(address));
}

/** The host without the brackets of an IPv6 literal. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function matchesHost(host: string, pattern: string): boolean {
  const lower = pattern.toLowerCase();
  if (!lower.startsWith("*.")) return host === lower;
  const below = lower.slice(1);
  return host.length > below.length && host.endsWith(below);
}
