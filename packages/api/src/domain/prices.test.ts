import { createServiceRegistry, GPU_SERVICES } from "@ob/workflow";
import { expect, test } from "vitest";
import { assertPriced, priceOf, PRICES } from "./prices.ts";

const registry = createServiceRegistry(GPU_SERVICES);

function released(version: string) {
  const service = registry.version(version);
  if (service === null) throw new Error(`${version} was never released`);
  return service;
}

test("every mode of every service has a price of whole credits", () => {
  expect(GPU_SERVICES.length).toBeGreaterThan(0);
  for (const service of GPU_SERVICES) {
    for (const mode of service.contract.modes) {
      const price = priceOf(PRICES, service, mode.id);
      expect(Number.isSafeInteger(price) && price > 0, `${service.version} ${mode.id}`).toBe(true);
    }
  }
});

test.each([
  ["qwen-image-edit@1", { fast: 3, quality: 8 }],
  ["qwen-image-edit@2", { fast: 3, quality: 8, aligned: 4 }],
  ["photo-restore@1", { standard: 5 }],
])("the prices of %s are the published ones", (version, expected) => {
  const service = released(version);
  const prices = service.contract.modes.map(({ id }) => [id, priceOf(PRICES, service, id)]);
  expect(Object.fromEntries(prices)).toEqual(expected);
});

test("a mode is priced by its price id, whatever it is called", () => {
  const service = { version: "a@1", contract: { modes: [{ id: "slow", priceId: "dear" }] } };
  expect(priceOf({ "a@1": { dear: 9, slow: 1 } }, service, "slow")).toBe(9);
});

test.each([
  ["qwen-image-edit@1", "fast", "slow"],
  ["no-such@1", "fast", "fast"],
  ["constructor", "name", "name"],
  ["qwen-image-edit@1", "toString", "toString"],
])("%s with price id %s has no price in mode %s, and says so", (version, priceId, mode) => {
  const service = { version, contract: { modes: [{ id: priceId, priceId }] } };
  expect(() => priceOf(PRICES, service, mode)).toThrow(/no price/);
});

test("a catalogue with an unpriced mode is refused, each gap named", () => {
  const modes = [
    { id: "fast", priceId: "fast" },
    { id: "slow", priceId: "dear" },
  ];
  const versions = [
    { version: "a@1", contract: { modes } },
    { version: "b@1", contract: { modes: modes.slice(0, 1) } },
  ];
  expect(() => assertPriced({ "a@1": { fast: 1 } }, versions)).toThrow(
    'a@1, mode "slow": no row for price id "dear"\nb@1, mode "fast": no row for price id "fast"',
  );
  expect(() => assertPriced(PRICES, GPU_SERVICES)).not.toThrow();
});
