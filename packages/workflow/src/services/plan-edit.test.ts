import { expect, test } from "vitest";
import type { ServiceInput } from "../contract/gpu-service.ts";
import { planEdit } from "./plan-edit.ts";
import { QWEN_IMAGE_EDIT_V2 } from "./qwen-image-edit/v2/service.ts";

function planned(picture: { width: number; height: number }, ratio: string) {
  const resolution = QWEN_IMAGE_EDIT_V2.resolveInput({
    ratio,
    seed: 1,
    hasMask: false,
    extraImages: 0,
  });
  if (!resolution.ok) throw new Error(resolution.problem.field);
  const input: ServiceInput = resolution.input;
  return planEdit(QWEN_IMAGE_EDIT_V2, { picture, maskBounds: null, input });
}

test.each([
  { width: 1000, height: 1000 },
  { width: 1000, height: 1001 },
])("a ratio that $width×$height already has asks for nothing, and the quote says so", (picture) => {
  expect(planned(picture, "1:1")).toEqual(planned(picture, "original"));
  expect(planned(picture, "1:1").prompt.warnings.map(({ code }) => code)).toContain(
    "NOTHING_TO_CHANGE",
  );
});

test("a ratio the picture lacks adds margins and keeps the picture", () => {
  const { prompt, plan } = planned({ width: 1000, height: 800 }, "1:1");
  expect(prompt.editsPicture).toBe(false);
  expect(plan).toMatchObject({
    output: { width: 1000, height: 1000 },
    placed: { x: 0, y: 100, width: 1000, height: 800 },
  });
  expect(plan.mask).not.toBeNull();
});
