import { Buffer } from "node:buffer";

import { z } from "zod";

import { parseJson } from "../read-body.ts";

/** What a frame of ComfyUI's websocket tells of a prompt. */
export type SocketMessage =
  | { kind: "started"; promptId: string }
  | { kind: "progress"; promptId: string; steps: readonly NodeSteps[] }
  /** Finished, failed or interrupted: `/history` knows. */
  | { kind: "ended"; promptId: string }
  /** `promptId` is null in older frames, which belong to whatever runs. */
  | { kind: "preview"; promptId: string | null; preview: PreviewImage };

export interface NodeSteps {
  nodeId: string;
  value: number;
  max: number;
}

export interface PreviewImage {
  mediaType: "image/jpeg" | "image/png";
  bytes: Uint8Array;
}

const Steps = z.number().finite().nonnegative();
const About = z.object({ prompt_id: z.string() });
const Executing = z.object({ prompt_id: z.string(), node: z.string().nullish() });
const Progress = z.object({ prompt_id: z.string(), node: z.string(), value: Steps, max: Steps });
const ProgressState = z.object({
  prompt_id: z.string(),
  nodes: z.record(z.string(), z.object({ value: Steps, max: Steps })),
});
const Frame = z.object({ type: z.string(), data: z.unknown() });

/** Reads a text frame; `null` when it tells nothing we use. */
export function readTextFrame(text: string): SocketMessage | null {
  const frame = Frame.safeParse(parseJson(text));
  if (!frame.success) return null;
  const { type, data } = frame.data;
  switch (type) {
    case "execution_start":
      return about("started", data);
    case "execution_success":
    case "execution_error":
    case "execution_interrupted":
      return about("ended", data);
    case "executing": {
      const executing = Executing.safeParse(data);
      if (!executing.success) return null;
      const { prompt_id: promptId, node } = executing.data;
      return { kind: node === null || node === undefined ? "ended" : "started", promptId };
    }
    case "progress": {
      const progress = Progress.safeParse(data);
      if (!progress.success) return null;
      const { prompt_id: promptId, node: nodeId, value, max } = progress.data;
      return { kind: "progress", promptId, steps: [{ nodeId, value, max }] };
    }
    case "progress_state": {
      const state = ProgressState.safeParse(data);
      if (!state.success) return null;
      const steps = Object.entries(state.data.nodes).map(([nodeId, { value, max }]) => ({
        nodeId,
        value,
        max,
      }));
      return { kind: "progress", promptId: state.data.prompt_id, steps };
    }
  }
  // Kinds we do not use, and kinds newer versions may add.
  return null;
}

function about(kind: "started" | "ended", data: unknown): SocketMessage | null {
  const read = About.safeParse(data);
  return read.success ? { kind, promptId: read.data.prompt_id } : null;
}

const PREVIEW_IMAGE = 1;
const PREVIEW_IMAGE_WITH_METADATA = 4;
const FORMATS = new Map<number, PreviewImage["mediaType"]>([
  [1, "image/jpeg"],
  [2, "image/png"],
]);
const Metadata = z.object({
  prompt_id: z.string(),
  image_type: z.enum(["image/jpeg", "image/png"]),
});

/** Reads a binary frame; `null` when it is no preview. */
export function readBinaryFrame(frame: Uint8Array): SocketMessage | null {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (bytes.byteLength < 8) return null;
  const second = bytes.readUInt32BE(4);
  switch (bytes.readUInt32BE(0)) {
    case PREVIEW_IMAGE: {
      const mediaType = FORMATS.get(second);
      if (mediaType === undefined) return null;
      return { kind: "preview", promptId: null, preview: { mediaType, bytes: bytes.subarray(8) } };
    }
    case PREVIEW_IMAGE_WITH_METADATA: {
      const end = 8 + second;
      const metadata = Metadata.safeParse(parseJson(bytes.subarray(8, end).toString("utf8")));
      if (!metadata.success) return null;
      const { prompt_id: promptId, image_type: mediaType } = metadata.data;
      return { kind: "preview", promptId, preview: { mediaType, bytes: bytes.subarray(end) } };
    }
  }
  return null;
}
