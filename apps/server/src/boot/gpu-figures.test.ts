import { DEFAULT_GPU_SETTINGS } from "@ob/api";
import { expect, test } from "vitest";
import { parseGpuFigures } from "./gpu-figures.ts";

test("every figure of the attempt rules can be given but the one with a variable of its own", () => {
  const names = Object.keys(DEFAULT_GPU_SETTINGS).filter((name) => name !== "maxInFlight");
  const text = names.map((name, at) => `${name}=${at + 1}`).join(", ");
  expect(parseGpuFigures(text)).toEqual(
    Object.fromEntries(names.map((name, at) => [name, at + 1])),
  );
});

test.each([
  "",
  "leaseMs",
  "leaseMs=0",
  "leaseMs=1.5",
  "leaseMs=1=2",
  "maxInFlight=3",
  "toString=1",
  "leaseMs=1,",
])("what is none (%j) is refused", (text) => {
  expect(parseGpuFigures(text)).toBeNull();
});
