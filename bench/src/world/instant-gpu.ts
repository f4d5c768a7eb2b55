import { randomUUID } from "node:crypto";
import type { GpuBackend } from "@ob/runpod";

/** A GPU in this process that is done at once: no network is in the figures. */
export interface InstantGpu extends GpuBackend {
  /** Tokens of webhooks that are due. */
  readonly bells: string[];
}

/** Makes one. Its pictures bear the prefix their attempt asked for. */
export function createInstantGpu(): InstantGpu {
  const prefixes = new Map<string, string>();
  const bells: string[] = [];
  const picture = Buffer.from("a picture");
  return {
    name: "instant",
    bells,
    async submit({ filePrefix, webhookUrl }, { onBeforeSend }) {
      if (onBeforeSend?.() === false) {
        return { kind: "refused", status: null, reason: "never sent", retryAfterMs: null };
      }
      const runpodJobId = `${randomUUID()}-e1`;
      prefixes.set(runpodJobId, filePrefix);
      if (webhookUrl !== null) bells.push(webhookUrl.slice(webhookUrl.lastIndexOf("/") + 1));
      return { kind: "accepted", runpodJobId };
    },
    async report(runpodJobId) {
      const prefix = prefixes.get(runpodJobId);
      if (prefix === undefined) return { kind: "gone" };
      return { kind: "completed", output: { prefix }, delayMs: 100, executionMs: 1_000 };
    },
    async cancel() {},
    async fetchPictures(_output, { filePrefix }) {
      return {
        kind: "images",
        images: [{ filename: `${filePrefix}_00001_.png`, bytes: picture }],
      };
    },
    async health() {
      return { ready: 1, running: 0, initializing: 0, throttled: 0, inQueue: 0, inProgress: 0 };
    },
  };
}
