/** Addresses of which none is public. */
const INWARD = [
  "127.0.0.1",
  "127.1.2.3",
  "0.0.0.0",
  "0.0.0.1",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "169.254.169.254",
  "169.254.170.2",
  "172.16.0.1",
  "172.31.255.254",
  "192.168.0.1",
  "192.168.255.255",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
];
/** Inward hosts that are no IPv4 address in four parts. */
const OTHERS = [
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::]",
  "[fe80::1]",
  "[fe80::1%25lo]",
  "[::1%25lo]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[fec0::1]",
  "[ff02::1]",
  "localhost",
  "localhost.",
  "LOCALHOST",
  "ⓛocalhost",
  "foo.localhost",
  "ip6-localhost",
  "ip6-loopback",
  "0",
  "0x0",
  "00",
  "127.1",
  "127.0.1",
];

/** Every way to write, as the host of a URL, an address that is not public. */
export function inwardSpellings(): string[] {
  return [...INWARD.flatMap(spellingsOf), ...OTHERS];
}

/** Spellings of an IPv4 address as the host of a URL: everything a parser may take for a number. */
function spellingsOf(ip: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = ip.split(".").map(Number);
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (n: number): string => `0x${n.toString(16)}`;
  const octal = (n: number): string => `0${n.toString(8)}`;
  const wide = (text: string): string =>
    text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  const circled = (text: string): string =>
    text.replaceAll(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1));
  const last16 = c * 256 + d;
  const last24 = b * 65_536 + last16;
  const pair = (high: number, low: number): string => ((high << 8) | low).toString(16);
  const tail = `${pair(a, b)}:${pair(c, d)}`;
  return [
    ip,
    `${ip}.`,
    `${whole}`,
    hex(whole),
    hex(whole).toUpperCase().replace("X", "x"),
    octal(whole),
    [a, b, c, d].map(hex).join("."),
    [a, b, c, d].map(octal).join("."),
    [a, b, c, d].map((n) => `0x00000${n.toString(16)}`).join("."),
    [a, b, c, d].map((n) => `00000${n.toString(8)}`).join("."),
    `${hex(a)}.${b}.${octal(c)}.${d}`,
    `${a}.${last24}`,
    `${a}.${b}.${last16}`,
    `${hex(a)}.${hex(last24)}`,
    `${octal(a)}.${octal(b)}.${hex(last16)}`,
    wide(ip),
    wide(`${whole}`),
    circled(ip),
    ip.replaceAll(".", "。"),
    ip.replaceAll(".", "．"),
    ip.replaceAll(".", "｡"),
    ip.replaceAll(".", "%2e"),
    Array.from(ip, (letter) => `%${letter.codePointAt(0)?.toString(16)}`).join(""),
    `[::ffff:${ip}]`,
    `[::ffff:${tail}]`,
    `[0:0:0:0:0:ffff:${tail}]`,
    `[0000:0000:0000:0000:0000:FFFF:${tail}]`,
    `[::${ip}]`,
    `[::${tail}]`,
    `[::ffff:0:${tail}]`,
    `[64:ff9b::${ip}]`,
    `[64:ff9b::${tail}]`,
    `[64:ff9b:1::${tail}]`,
    `[2002:${tail}::1]`,
    `[2001:0:${tail}::]`,
    `expected.test@${ip}`,
    `expected.test:80@${ip}`,
    `${ip}#@expected.test`,
    `${ip}\\@expected.test`,
  ];
}
