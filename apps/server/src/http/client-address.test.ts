import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

const socketAddress = "10.0.0.9";

test.each([
  ["no header", null, 0, "10.0.0.9"],
  ["a header nobody of ours wrote", "1.2.3.4", 0, "10.0.0.9"],
  ["one proxy", "1.2.3.4", 1, "1.2.3.4"],
  ["one proxy and an entry the caller invented", "9.9.9.9, 1.2.3.4", 1, "1.2.3.4"],
  ["two proxies", "9.9.9.9, 1.2.3.4, 10.0.0.1", 2, "1.2.3.4"],
  ["fewer entries than proxies", "1.2.3.4", 2, "10.0.0.9"],
  ["an entry that is no address", "localhost<script>", 1, "10.0.0.9"],
  ["IPv6", "2001:db8::1", 1, "2001:db8::1"],
])("%s", (_name, forwardedFor, trustedProxyHops, expected) => {
  expect(clientAddress({ socketAddress, forwardedFor, trustedProxyHops })).toBe(expected);
});
