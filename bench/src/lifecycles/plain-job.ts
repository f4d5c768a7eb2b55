import { randomUUID } from "node:crypto";
import type { JobCreate } from "@ob/db";
import type { Person } from "../world/add-person.ts";

/** A job as our service would hand it to the database, with payloads of the usual size. */
export function plainJob(
  { ownerId, imageAssetId }: Person,
  { version, now }: { version: string; now: Date },
): JobCreate {
  const jobId = randomUUID();
  const size = { width: 1_024, height: 768 };
  const whole = { x: 0, y: 0, ...size };
  const input = {
    imageAssetId,
    extraImageAssetIds: [],
    maskAssetId: null,
    options: {},
    params: {},
    prompt: "เปลี่ยนเสื้อเป็นสีฟ้า",
    ratio: "original",
    mode: "fast",
    seed: 7,
  };
  return {
    jobId,
    ownerId,
    requestId: randomUUID(),
    requestHash: "0".repeat(64),
    service: "qwen-image-edit",
    serviceVersion: version,
    mode: "fast",
    backend: "instant",
    credits: 3,
    input,
    promptEn: "Change the shirt to blue. Keep everything else exactly as it is.",
    plan: {
      version: 2,
      source: size,
      placed: whole,
      crop: whole,
      scaled: size,
      pad: { left: 0, top: 0, right: 0, bottom: 0 },
      canvas: size,
      output: size,
      mask: null,
    },
    imageAssetId,
    extraAssetIds: [],
    maskAssetId: null,
    retryOf: null,
    transferId: randomUUID(),
    deadlineAt: new Date(now.getTime() + 86_400_000),
    now,
    rate: { limit: 1_000_000, windowMs: 60_000 },
    response: { id: jobId, status: "queued", stage: "waiting", queuePosition: 1, input },
  };
}
