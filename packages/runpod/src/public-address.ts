import ipaddr from "ipaddr.js";

/** All of the IPv6 internet that is given out to networks; every tunnel and mapping lies elsewhere. */
const GLOBAL_UNICAST_V6 = "2000::/3";

/**
 * Whether an IP address is one of the public internet: no private, loopback, link-local, carrier's,
 * mapped, translated, tunnelled, documentation or reserved address, in whatever spelling.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(ipaddr.parseCIDR(GLOBAL_UNICAST_V6));
}

/** Whether an IP address is this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
}
