import { expect, test } from "vitest";

import { checkGraph, createServiceRegistry, GPU_SERVICES, rebuildGraph } from "../src/index.ts";
import { checkVersions } from "../src/services/check-versions.ts";
import { compileEdit } from "../src/services/compile-edit.ts";
import { RELEASED } from "../src/services/released.ts";
import { SERVICE_VERSIONS } from "./line-drawing/service.ts";

const registry = createServiceRegistry([...GPU_SERVICES, ...SERVICE_VERSIONS]);

function lineDrawing(): NonNullable<ReturnType<typeof registry.current>> {
  const service = registry.current("line-drawing");
  if (service === null) throw new Error("the third service is not registered");
  return service;
}

test("a third service, one folder of its own, goes from a Thai request to a graph ComfyUI takes", () => {
  const service = lineDrawing();
  expect(service.version).toBe("line-drawing@1");
  const compiled = compileEdit(service, {
    picture: { width: 3000, height: 2000 },
    maskBounds: null,
    input: { options: { tool: "ink" }, prompt: "Leave the sky empty.", seed: 5, extraImages: 0 },
  });
  if (!compiled.ok) throw new Error(`refused: ${compiled.problem.field}`);
  const { prompt, plan, bound } = compiled;
  expect(prompt.en).toContain("fine black ink");
  expect(prompt.en).toContain("eave the sky empty.");
  expect(checkGraph(bound.graph, { files: bound.files })).toEqual({
    valid: true,
    error: null,
    node_errors: {},
  });
  const again = rebuildGraph(registry, {
    serviceVersion: service.version,
    mode: "standard",
    seed: 5,
    params: {},
    promptEn: prompt.en,
    plan,
    files: { images: ["image1.png"], mask: null },
    filePrefix: "result",
  });
  expect(again).toEqual(bound);
});

test("it is checked like the others, and is a draft until it is released", () => {
  const drafts = [...RELEASED.drafts, "line-drawing@1"];
  const report = checkVersions(registry.versions, { ...RELEASED, drafts });
  expect(report.ok).toBe(true);
  expect(report.versions.at(-1)).toMatchObject({ version: "line-drawing@1", state: "draft" });
  expect(checkVersions(registry.versions, RELEASED).ok).toBe(false);
});

test("what it does not offer is refused as everywhere", () => {
  const raw = { seed: 1, hasMask: false, extraImages: 0 };
  const { resolveInput } = lineDrawing();
  expect(resolveInput({ ...raw, hasMask: true })).toMatchObject({ ok: false });
  expect(resolveInput({ ...raw, options: { tool: "crayon" } })).toEqual({
    ok: false,
    problem: { code: "OPTION_UNKNOWN", field: "options.tool" },
  });
  expect(resolveInput({ ...raw, extraImages: 1 })).toMatchObject({ ok: false });
});
