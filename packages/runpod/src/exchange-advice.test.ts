import { expect, test } from "vitest";

import { ADVICE } from "./exchange-advice.ts";
import type { ExchangeCause } from "./exchange-cause.ts";

test("advice about a volume, a link or a ComfyUI names its own settings, and none of RunPod's keys", () => {
  const settings = {
    "volume-refused": /RUNPOD_VOLUME_ACCESS_KEY_ID/,
    "volume-unknown": /RUNPOD_VOLUME_ID/,
    "link-refused": /BUCKET_ACCESS_KEY_ID/,
    "comfyui-refused": /COMFYUI_URL/,
    "comfyui-address": /COMFYUI_URL/,
    "handler-mismatch": /RUNPOD_HANDLER.*OB_HANDLER/,
    "node-class-missing": /0\.14\.1/,
  } as const satisfies Partial<Record<ExchangeCause, RegExp>>;
  for (const [cause, names] of Object.entries(settings)) {
    const advice = Object.entries(ADVICE).find(([each]) => each === cause)?.[1];
    expect(advice?.en).toMatch(names);
    expect(advice?.th).toMatch(names);
    expect(advice?.en).not.toMatch(/set RUNPOD_API_KEY|RUNPOD_ENDPOINT_ID/);
  }
});

test("each advice is there in both languages, short enough to be read, and polite particles are left out", () => {
  for (const { th, en } of Object.values(ADVICE)) {
    expect(th).toMatch(/[\u0E00-\u0E7F]/);
    expect(th).not.toMatch(/ครับ|ค่ะ/);
    expect(en.endsWith(".")).toBe(true);
    expect(Math.max(th.length, en.length)).toBeLessThan(300);
  }
});
