import { expect, test } from "vitest";
import { listServices } from "./list-services.ts";

test("the catalogue shows each service whole, in Thai and English, with its prices", () => {
  const services = listServices({ isSimulated: true });
  expect(services.map(({ id }) => id)).toContain("qwen-image-edit");
  for (const service of services) {
    expect(service.version.startsWith(`${service.id}@`)).toBe(true);
    expect(service.ratios[0]).toBe("original");
    const choices = service.options.flatMap((option) => option.choices);
    const titled = [service, ...service.options, ...choices, ...service.params, ...service.modes];
    for (const { title } of titled) {
      const { th, en } = title;
      expect(th).toMatch(/[\u0e00-\u0e7f]/);
      expect(en).toMatch(/[a-z]/i);
    }
    for (const { credits, typicalSeconds } of service.modes) {
      expect(credits).toBeGreaterThan(0);
      expect(typicalSeconds).toBeGreaterThan(0);
    }
  }
});

test("the first mode, the default, is the cheap and fast one", () => {
  const [edit] = listServices({ isSimulated: true });
  expect(edit?.modes.map(({ id, credits }) => [id, credits])).toEqual([
    ["fast", 3],
    ["quality", 8],
  ]);
});
