import { expect, test } from "vitest";
import { bearerToken } from "./bearer-token.ts";

test.each([
  ["Bearer abc.def", "abc.def"],
  ["bearer  abc ", "abc"],
  ["Bearer", null],
  ["Bearer ", null],
  ["Bearer a b", null],
  ["Basic abc", null],
  ["xBearer abc", null],
  ["", null],
  [null, null],
])("of %j the token is %j", (authorization, token) => {
  expect(bearerToken(authorization)).toBe(token);
});
