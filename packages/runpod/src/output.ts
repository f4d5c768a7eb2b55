import { Buffer } from "node:buffer";

import { z } from "zod";

import type { OutputImage, OutputReading } from "./backend.ts";

/** Since 5.0.0. `errors` may stand beside images: the images count. */
const ImagesOutput = z.object({
  images: z.array(
    z.object({ filename: z.string().max(1_000), type: z.string(), data: z.string() }),
  ),
});

/** Before 5.0.0: the picture stands in `message`, or an error does while the job is COMPLETED. */
const MessageOutput = z.object({ message: z.string(), status: z.string() });

/**
 * Reads the pictures out of a COMPLETED job's `output`, in every shape worker-comfyui gave it:
 * base64 with or without a data URI. The bytes are not decoded as pictures here.
 * @see https://github.com/runpod-workers/worker-comfyui/blob/main/docs/acceleration.md
 */
export function readOutput(output: unknown): OutputReading {
  if (output === undefined || output === null || output === "") return { kind: "nothing" };
  const images = ImagesOutput.safeParse(output);
  if (images.success) return readImages(images.data.images);
  const message = MessageOutput.safeParse(output);
  if (message.success) return readMessage(message.data);
  return isEmptyOutput(output)
    ? { kind: "nothing" }
    : { kind: "unreadable", reason: `The output has an unknown shape (${describeShape(output)}).` };
}

/** File names an output carries, as the worker gave them; none where it names no file. Fetches nothing. */
export function outputFileNames(output: unknown): string[] {
  const images = ImagesOutput.safeParse(output);
  return images.success ? images.data.images.map(({ filename }) => filename) : [];
}

function readImages(images: z.infer<typeof ImagesOutput>["images"]): OutputReading {
  const read: OutputImage[] = [];
  for (const image of images) {
    if (image.type !== "base64") {
      return { kind: "unreadable", reason: `An image of type ${image.type.slice(0, 40)}.` };
    }
    const bytes = decodeBase64(image.data);
    if (bytes === null) return { kind: "unreadable", reason: "An image is not base64." };
    read.push({ filename: image.filename, bytes });
  }
  return read.length === 0 ? { kind: "nothing" } : { kind: "images", images: read };
}

function readMessage({ message, status }: z.infer<typeof MessageOutput>): OutputReading {
  if (status !== "success") return { kind: "unreadable", reason: "The worker reported an error." };
  const bytes = decodeBase64(message);
  if (bytes === null) return { kind: "unreadable", reason: "The message is not base64." };
  // Old workers name no file.
  return { kind: "images", images: [{ filename: "", bytes }] };
}

/** Strict base64, standard alphabet, optional data URI; `null` when it is anything else or empty. */
function decodeBase64(text: string): Uint8Array | null {
  const data = text.startsWith("data:") ? text.slice(text.indexOf(",") + 1) : text;
  const compact = data.replaceAll(/[\r\n]/g, "");
  if (compact.length === 0 || compact.length % 4 === 1) return null;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  return Buffer.from(compact, "base64");
}

function isEmptyOutput(output: unknown): boolean {
  if (Array.isArray(output)) return output.length === 0;
  return typeof output === "object" && output !== null && Object.keys(output).length === 0;
}

function describeShape(output: unknown): string {
  if (typeof output !== "object" || output === null) return typeof output;
  if (Array.isArray(output)) return "list";
  return Object.keys(output).slice(0, 8).join(", ").slice(0, 200);
}
