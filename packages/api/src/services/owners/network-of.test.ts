import { describe, expect, test } from "vitest";
import { networkOf } from "./network-of.ts";

describe("the network of an address", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7", false],
    ["::ffff:203.0.113.7", "203.0.113.7", false],
    ["127.0.0.1", "127.0.0.1", true],
    ["127.8.9.1", "127.8.9.1", true],
    ["::ffff:127.0.0.1", "127.0.0.1", true],
    ["::1", "0000:0000:0000:0000::/64", true],
    ["::2", "0000:0000:0000:0000::/64", false],
    ["2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::/64", false],
    ["2001:DB8:1:2::99", "2001:0db8:0001:0002::/64", false],
    ["fe80::1%eth0", "fe80:0000:0000:0000::/64", false],
    ["2001:db8::", "2001:0db8:0000:0000::/64", false],
  ])("%s counts as %s", (address, key, isLoopback) => {
    expect(networkOf(address)).toEqual({ key, isLoopback });
  });

  test("two addresses of one IPv6 /64 are one network, of two /64 are two", () => {
    expect(networkOf("2001:db8::1").key).toBe(networkOf("2001:db8::ffff:1").key);
    expect(networkOf("2001:db8:0:1::1").key).not.toBe(networkOf("2001:db8:0:2::1").key);
  });
});
