import { describe, expect, test } from "vitest";

import { isLoopbackAddress, isPublicAddress } from "./public-address.ts";

describe("an address", () => {
  test.each([
    "1.1.1.1",
    "8.8.8.8",
    "104.18.32.7",
    "192.0.78.1",
    "2606:4700::6810:2007",
    "2a00:1450:4001:830::200e",
    "::ffff:8.8.8.8",
  ])("%s is of the public internet", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ["loopback", ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1"]],
    ["this host", ["0.0.0.0", "0.1.2.3", "::"]],
    ["private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"]],
    ["a carrier's", ["100.64.0.1", "100.127.255.255"]],
    ["link-local", ["169.254.169.254", "fe80::1", "fe80::1%eth0", "febf::1"]],
    ["unique local", ["fc00::1", "fd00:ec2::254"]],
    ["site-local", ["fec0::1"]],
    ["multicast or broadcast", ["224.0.0.1", "239.1.1.1", "255.255.255.255", "ff02::1"]],
    ["reserved", ["192.0.0.1", "192.88.99.1", "198.18.0.1", "240.0.0.1"]],
    ["documentation", ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"]],
    [
      "IPv4 mapped",
      ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:a00:1", "::ffff:169.254.169.254"],
    ],
    ["IPv4 compatible", ["::127.0.0.1", "::7f00:1", "::8.8.8.8"]],
    [
      "translated",
      ["64:ff9b::7f00:1", "64:ff9b::127.0.0.1", "64:ff9b:1::7f00:1", "::ffff:0:7f00:1"],
    ],
    ["tunnelled", ["2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "2001::1"]],
    ["a cloud host's own", ["168.63.129.16", "::ffff:168.63.129.16"]],
    ["discarded", ["100::1"]],
    ["no address", ["", "localhost", "1.2.3", "127.1", "0x7f.1", "2130706433", "[::1]"]],
  ])("that is %s is not", (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});

test("this machine is loopback in every form, and nothing else is", () => {
  const loopback = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"];
  expect(loopback.filter(isLoopbackAddress)).toEqual(loopback);
  const others = ["10.0.0.1", "8.8.8.8", "fe80::1", "", "localhost", "0.0.0.0"];
  expect(others.filter(isLoopbackAddress)).toEqual([]);
});
