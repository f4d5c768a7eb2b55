import { serviceShares } from "@ob/db";
import { GPU_SERVICES } from "@ob/workflow";
import { expect, test } from "vitest";
import { setup } from "../../testing/index.ts";
import { listServices } from "./list-services.ts";

test("the catalogue shows each service once and whole, in Thai and English, with its prices", async () => {
  const world = await setup();
  const services = await listServices(world.services, world.caller);
  const ids = services.map(({ id }) => id).toSorted();
  expect(ids).toEqual([...new Set(GPU_SERVICES.map(({ id }) => id))].toSorted());
  for (const service of services) {
    expect(service.version.startsWith(`${service.id}@`)).toBe(true);
    expect(service.ratios[0]).toBe("original");
    expect(service.limits).toEqual({ promptCodePoints: 2_000 });
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

test("the first mode, the default, is the cheap and fast one", async () => {
  const world = await setup();
  const services = await listServices(world.services, world.caller);
  const edit = services.find(({ id }) => id === "qwen-image-edit");
  expect(edit?.modes.map(({ id, credits }) => [id, credits])).toEqual([
    ["fast", 3],
    ["quality", 8],
    ["aligned", 4],
  ]);
});

test("whoever is known sees the version his jobs get, a stranger the one everybody gets", async () => {
  const world = await setup();
  const rows = [
    { serviceVersion: "qwen-image-edit@2", basisPoints: 5_000 },
    { serviceVersion: "photo-restore@1", basisPoints: 0 },
  ];
  const updatedAt = world.clock.now();
  await world.db
    .insert(serviceShares)
    .values(rows.map((row) => ({ ...row, service: row.serviceVersion.slice(0, -2), updatedAt })));
  const versionsOf = async (ownerId: string | null) =>
    (await listServices(world.services, { ownerId }))
      .map(({ version }) => version)
      .filter((version) => /^(?:qwen-image-edit|photo-restore)@/.test(version));
  expect(await versionsOf(null)).toEqual(["qwen-image-edit@1"]);
  // These two stand at 2,055 and at 6,918 of 10,000.
  expect(await versionsOf("00000000-0000-4000-8000-000000000001")).toEqual(["qwen-image-edit@2"]);
  expect(await versionsOf("00000000-0000-4000-8000-000000000004")).toEqual(["qwen-image-edit@1"]);
});
