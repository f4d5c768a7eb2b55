import { GPU_SERVICES } from "@ob/workflow";
import { expect, test } from "vitest";
import { priceOf } from "./prices.ts";

test("every mode of every service has a price of whole credits", () => {
  const modes = GPU_SERVICES.flatMap(({ version, contract }) =>
    contract.modes.map((mode) => ({ version, mode: mode.id })),
  );
  expect(modes.length).toBeGreaterThan(0);
  for (const { version, mode } of modes) {
    const price = priceOf(version, mode);
    expect(Number.isSafeInteger(price) && price > 0, `${version} ${mode}`).toBe(true);
  }
});

test("the prices of the first service are the published ones", () => {
  expect(priceOf("qwen-image-edit@1", "fast")).toBe(3);
  expect(priceOf("qwen-image-edit@1", "quality")).toBe(8);
});

test.each([
  ["qwen-image-edit@1", "slow"],
  ["no-such@1", "fast"],
  ["constructor", "name"],
  ["qwen-image-edit@1", "toString"],
])("%s in mode %s has no price, and says so", (version, mode) => {
  expect(() => priceOf(version, mode)).toThrow(/no price/);
});
