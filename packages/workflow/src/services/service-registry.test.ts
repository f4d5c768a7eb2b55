import { expect, test } from "vitest";
import { GPU_SERVICES } from "./gpu-services.ts";
import { createServiceRegistry } from "./service-registry.ts";

const [edit] = GPU_SERVICES;
if (edit === undefined) throw new Error("no service was released");
const next = { ...edit, version: `${edit.id}@900` };
const other = { ...edit, id: "other", version: "other@1" };

test("the last version of a service is its current one, and every version is found by its name", () => {
  const registry = createServiceRegistry([edit, other, next]);
  expect(registry.current(edit.id)).toBe(next);
  expect(registry.current("other")).toBe(other);
  expect(registry.version(edit.version)).toBe(edit);
  expect(registry.versions).toEqual([edit, other, next]);
});

test.each(["", "nothing", "constructor", "__proto__"])("%j names no service", (name) => {
  const registry = createServiceRegistry([edit]);
  expect(registry.current(name)).toBeNull();
  expect(registry.version(name)).toBeNull();
});

test("a version that is there twice, or bears another service's name, is refused", () => {
  expect(() => createServiceRegistry([edit, { ...edit }])).toThrow(RangeError);
  expect(() => createServiceRegistry([{ ...edit, version: "other@1" }])).toThrow(RangeError);
});

test("versions of a service come in the order of their numbers, ten after nine", () => {
  const nine = { ...edit, version: `${edit.id}@9` };
  const ten = { ...edit, version: `${edit.id}@10` };
  expect(createServiceRegistry([edit, nine, ten]).current(edit.id)).toBe(ten);
  expect(() => createServiceRegistry([ten, nine])).toThrow(RangeError);
});
