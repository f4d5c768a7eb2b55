import { isIP } from "node:net";

import ipaddr from "ipaddr.js";

/** All of the IPv6 internet that is given out to networks; every tunnel and mapping lies elsewhere. */
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR("2000::/3");

/** Public by their numbers, and each cloud machine's own way to its host: Azure's wire server. */
const HOST_SERVICES: ReadonlySet<string> = new Set(["168.63.129.16"]);

/**
 * Whether an IP address is one of the public internet: no private, loopback, link-local, carrier's,
 * mapped inward, translated, tunnelled, documentation or reserved address. What is no address is not.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed?.range() !== "unicast" || HOST_SERVICES.has(parsed.toString())) return false;
  return parsed.kind() === "ipv4" || parsed.match(GLOBAL_UNICAST_V6);
}

/** Whether an IP address is this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return parse(address)?.range() === "loopback";
}

// ipaddr.js also takes short and mixed forms, and reads some of them differently than a socket does.
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const version = isIP(address);
  if (version === 4) return ipaddr.IPv4.parse(address);
  const bracketed = `http://[${address}]`;
  if (version === 0 || !URL.canParse(bracketed)) return null;
  return ipaddr.process(new URL(bracketed).hostname.slice(1, -1));
}
