import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import * as z from "zod";

import { checkGraph, parseGraphJson, type GraphVerdict } from "../src/index.ts";

/** Verdicts recorded from ComfyUI 0.14.1; the order of errors and outputs there is arbitrary. */
const folder = new URL("./comfyui-cases/", import.meta.url);
const FILES = ["example.png", "mask.png"];
const LooseError = z.looseObject({
  type: z.string(),
  message: z.string(),
  details: z.string(),
  extra_info: z.record(z.string(), z.unknown()),
});
const Recorded = z.object({
  prompt: z.unknown(),
  verdict: z.union([
    z.object({ raised: z.string() }),
    z.object({
      valid: z.boolean(),
      error: LooseError.nullable(),
      node_errors: z.record(
        z.string(),
        z.object({
          errors: z.array(LooseError),
          dependent_outputs: z.array(z.string()),
          class_type: z.string(),
        }),
      ),
    }),
  ]),
});
const cases = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({
    name,
    ...Recorded.parse(parseGraphJson(readFileSync(new URL(name, folder), "utf8"))),
  }));

/** What the careless server accepts and the strict profile refuses. */
const STRICTLY_REFUSED = [
  "15-broken-node-not-used.json",
  "16-float-for-int.json",
  "18-nan-string.json",
  "19-bool-strings.json",
  "20-number-for-string.json",
  "22-wrapped-value.json",
  "23-literal-where-link-needed.json",
  "25-image-path-traversal.json",
  "26-image-absolute-path.json",
  "27-image-empty-name.json",
  "50-dynamic-combo-bad-key.json",
];

/** As JSON, sorted where ComfyUI's order is arbitrary, without the traceback of its own files. */
function comparable(verdict: Pick<GraphVerdict, "valid" | "error" | "node_errors">): unknown {
  const nodes = Object.entries(verdict.node_errors).map(([id, node]) => ({
    id,
    class_type: node.class_type,
    dependent_outputs: node.dependent_outputs.toSorted(),
    errors: node.errors
      .map((error) => ({ ...error, extra_info: { ...error.extra_info, traceback: undefined } }))
      .map((error) => JSON.stringify(sortKeys(error)))
      .toSorted(),
  }));
  const sorted = nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { valid: verdict.valid, error: verdict.error, nodes: sorted };
}

function sortKeys(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sortKeys(member)]),
  );
}

test("all recorded verdicts are here", () => {
  expect(cases).toHaveLength(54);
});

describe("in the comfyui profile the verdict is the recorded one, to the letter", () => {
  test.each(cases)("$name", ({ prompt, verdict }) => {
    const given = checkGraph(prompt, { files: FILES, profile: "comfyui" });
    if ("raised" in verdict) {
      expect(given).toMatchObject({ valid: false, error: { type: "invalid_graph" } });
      return;
    }
    expect(comparable(given)).toEqual(comparable(verdict));
  });
});

describe("in the strict profile only what would fail or be misread when run is refused as well", () => {
  test.each(cases)("$name", ({ name, prompt, verdict }) => {
    const isAccepted = "valid" in verdict && verdict.valid;
    const { valid, error, node_errors } = checkGraph(prompt, { files: FILES });
    expect(valid).toBe(isAccepted && !STRICTLY_REFUSED.includes(name));
    if (!valid) expect(error).not.toBeNull();
    if (valid) expect(node_errors).toEqual({});
  });
});

test("a verdict can always be sent as JSON", () => {
  for (const { prompt } of cases) {
    for (const profile of ["comfyui", "strict"] as const) {
      expect(() => JSON.stringify(checkGraph(prompt, { files: [], profile }))).not.toThrow();
    }
  }
});
