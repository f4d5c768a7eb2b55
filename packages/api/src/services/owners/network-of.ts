/** An address in one written form, and whether it is this machine. */
export interface Network {
  /** Dotted IPv4, or the /64 of an IPv6 address as `hhhh:hhhh:hhhh:hhhh::/64`. */
  readonly key: string;
  readonly isLoopback: boolean;
}

/**
 * The network grants and sign-ins are counted by: an IPv4 address, or the /64 an IPv6 address stands
 * in (one household gets a whole /64). IPv4 written as IPv6 counts as IPv4.
 */
export function networkOf(address: string): Network {
  const plain = address.toLowerCase().split("%")[0] ?? "";
  const mapped = /^(?:::ffff:|0{0,4}(?::0{1,4}){4}:ffff:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(plain);
  const ipv4 = mapped?.[1] ?? (/^\d{1,3}(\.\d{1,3}){3}$/.test(plain) ? plain : null);
  if (ipv4 !== null) return { key: ipv4, isLoopback: ipv4.startsWith("127.") };
  const groups = expandGroups(plain);
  const isLoopback = groups.slice(0, 7).every((group) => group === "0000") && groups[7] === "0001";
  return { key: `${groups.slice(0, 4).join(":")}::/64`, isLoopback };
}

function expandGroups(ipv6: string): string[] {
  const [head = "", tail] = ipv6.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const all = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  return Array.from({ length: 8 }, (_, index) => (all[index] ?? "0").padStart(4, "0"));
}
