import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

import { type ApiGraph, compileEdit, createServiceRegistry, GPU_SERVICES } from "@ob/workflow";

import type { AttemptRequest } from "../src/backend.ts";

const SIZE = 256;

/**
 * The `test_input.json` of the GPU image: one small edit, whole, as `/run` takes it. The graph is the
 * one `npm run workflow:compile` prints for the same document; the picture is a grey square.
 * @throws when the service refuses its own example
 */
export function workerTestInput(): object {
  const { graph, files, png } = smallEdit();
  const image = png.toString("base64");
  return { input: { workflow: graph, images: files.map((name) => ({ name, image })) } };
}

/** The same edit as an attempt under a prefix of its own, for a ComfyUI that others use as well. */
export function workerTestAttempt(filePrefix: string): AttemptRequest {
  const { graph, files, png } = smallEdit();
  for (const { inputs } of Object.values(graph)) {
    if (inputs["filename_prefix"] === "result") inputs["filename_prefix"] = filePrefix;
    const at = files.indexOf(String(inputs["image"]));
    if (at !== -1) inputs["image"] = `${filePrefix}-${files[at]}`;
  }
  return {
    graph,
    images: files.map((name) => ({ name: `${filePrefix}-${name}`, bytes: png })),
    filePrefix,
    webhookUrl: null,
    executionTimeoutMs: 600_000,
    ttlMs: 900_000,
  };
}

function smallEdit(): { graph: ApiGraph; files: string[]; png: Buffer } {
  const registry = createServiceRegistry(GPU_SERVICES);
  const service = registry.current("qwen-image-edit");
  if (service === null) throw new Error("There is no service qwen-image-edit.");
  const compiled = compileEdit(service, {
    picture: { width: SIZE, height: SIZE },
    maskBounds: null,
    input: { prompt: "Add a red balloon in the middle.", mode: "fast", seed: 1, extraImages: 0 },
  });
  if (!compiled.ok) throw new Error(`Refused: ${compiled.problem.code}`);
  const { bound, plan } = compiled;
  return { graph: structuredClone(bound.graph), files: bound.files, png: flatPng(plan.canvas) };
}

/** A grey 8-bit RGB PNG. */
function flatPng({ width, height }: { width: number; height: number }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + width * 3, 0x80);
  row[0] = 0;
  const pixels = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
