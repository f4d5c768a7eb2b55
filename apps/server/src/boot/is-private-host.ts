import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Addresses that no packet reaches over the public internet. */
const PRIVATE_RANGES = [
  ["127.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  // Shared address space: overlay networks such as Tailscale's.
  ["100.64.0.0", 10, "ipv4"],
  ["::1", 128, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
] as const;

/** Names that public DNS does not know. */
const PRIVATE_NAME = /(?:^[^.]+|\.(?:localhost|local|internal|lan|home\.arpa))$/;

/** Whether a URL's host (`hostname`, brackets allowed) lies on this machine or in a private network. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const ranges = new BlockList();
  for (const [network, prefix, family] of PRIVATE_RANGES) ranges.addSubnet(network, prefix, family);
  if (isIPv4(host)) return ranges.check(host, "ipv4");
  if (isIPv6(host)) return ranges.check(host, "ipv6");
  return PRIVATE_NAME.test(host);
}
