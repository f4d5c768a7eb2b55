import type { Job } from "@ob/api";

/** A job for tests: queued a moment ago, unless told otherwise. */
export function aJob(change: Partial<Job> = {}): Job {
  return {
    id: "11111111-1111-4111-8111-111111111111",
    service: "qwen-image-edit",
    serviceVersion: "qwen-image-edit@1",
    status: "queued",
    stage: "waiting",
    progress: null,
    queuePosition: 1,
    etaSeconds: { low: 8, high: 20 },
    credits: 3,
    cancelRequested: false,
    refundedCredits: 0,
    retryOf: null,
    error: null,
    result: null,
    input: {
      imageAssetId: "22222222-2222-4222-8222-222222222222",
      extraImageAssetIds: [],
      maskAssetId: null,
      options: {},
      params: {},
      prompt: null,
      ratio: "original",
      mode: "fast",
      seed: 1,
    },
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    finishedAt: null,
    ...change,
  };
}
