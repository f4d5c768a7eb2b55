import { z } from "zod";

import { isEmptyOutput } from "./is-empty-output.ts";
import { base64Start } from "./decode-base64.ts";
import { PICTURE_TYPE_BYTES, pictureType } from "./picture-type.ts";
import { volumeFileNames } from "./volume/volume-output.ts";

/** Where one picture of an output is to be had; `filename` is "" where the worker names no file. */
export type PictureSource =
  | { kind: "base64"; filename: string; data: string }
  | { kind: "url"; filename: string; url: string };

/** What a COMPLETED job's output holds, nothing decoded or fetched. */
export type OutputContents =
  | { kind: "pictures"; sources: readonly PictureSource[] }
  | { kind: "nothing" }
  | { kind: "unreadable"; reason: string };

/** What an output is at first sight. */
export type OutputShape =
  | { kind: "pictures" }
  | { kind: "nothing" }
  | { kind: "unreadable"; reason: string };

const MAX_SOURCES = 100;
const Filename = z.string().max(1_000).catch("");

/** Since 5.0.0. `errors` may stand beside images: the images count. */
const ImagesOutput = z.object({ images: z.array(z.unknown()) });
const Image = z.object({ filename: Filename, type: z.string(), data: z.string() });

/** Before 5.0.0: the picture or its URL stands in `message`, or an error does while COMPLETED. */
const MessageOutput = z.object({ message: z.string(), status: z.string() });

const Fields = z.record(z.string(), z.unknown());

/** Where other handlers put a picture, or a list of them: a URL, base64 or a data URI. */
const PICTURE_KEYS = ["image_base64", "image", "image_url", "result_url", "url", "links"] as const;

const UNREADABLE_TYPE = "An image is neither base64 of a PNG, JPEG or WebP nor a link.";

/**
 * Finds the pictures in a COMPLETED job's `output`, in every shape worker-comfyui gave it and in those
 * of its relatives: base64 with or without a data URI, or links.
 * @see https://github.com/runpod-workers/worker-comfyui/blob/main/docs/configuration.md
 */
export function readContents(output: unknown): OutputContents {
  if (isEmptyOutput(output)) return { kind: "nothing" };
  if (typeof output === "string") return fromList([output]);
  if (Array.isArray(output)) return fromList(output);
  const images = ImagesOutput.safeParse(output);
  if (images.success) return fromList(images.data.images);
  const message = MessageOutput.safeParse(output);
  if (message.success) {
    return message.data.status === "success"
      ? fromList([message.data.message])
      : unreadable("The worker reported an error.");
  }
  const fields = Fields.safeParse(output);
  const held = fields.success ? PICTURE_KEYS.flatMap((key) => listOf(fields.data[key])) : [];
  return held.length > 0
    ? fromList(held)
    : unreadable(`The output has an unknown shape (${describeShape(output)}).`);
}

/** What a COMPLETED job's output is at first sight. */
export function describeOutput(output: unknown): OutputShape {
  const contents = readContents(output);
  return contents.kind === "pictures" ? { kind: "pictures" } : contents;
}

/** File names an output carries, its own or those its links and paths end with. Fetches nothing. */
export function outputFileNames(output: unknown): string[] {
  const onVolume = volumeFileNames(output);
  if (onVolume.length > 0) return onVolume;
  const contents = readContents(output);
  if (contents.kind !== "pictures") return [];
  const names = contents.sources.map((source) =>
    source.kind === "url" ? source.filename || fileNameOfUrl(source.url) : source.filename,
  );
  return names.filter((name) => name !== "");
}

/** The last part of a URL's path, decoded; "" when there is none. */
export function fileNameOfUrl(url: string): string {
  if (!URL.canParse(url)) return "";
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return "";
  }
}

function fromList(items: readonly unknown[]): OutputContents {
  if (items.length === 0) return { kind: "nothing" };
  if (items.length > MAX_SOURCES) return unreadable(`The output lists ${items.length} pictures.`);
  const sources = items.flatMap(toSource);
  // What cannot be read does not take away what can.
  if (sources.length > 0) return { kind: "pictures", sources };
  return unreadable(
    items.every((item) => typeof item === "string" || Image.safeParse(item).success)
      ? UNREADABLE_TYPE
      : `The output is a list of unknown items (${describeShape(items[0])}).`,
  );
}

function toSource(item: unknown): PictureSource[] {
  if (typeof item === "string") return fromText(item, "");
  const image = Image.safeParse(item);
  if (image.success) return fromText(image.data.data, image.data.filename);
  const fields = Fields.safeParse(item);
  if (!fields.success) return [];
  const filename = Filename.parse(fields.data["filename"]);
  for (const key of ["data", ...PICTURE_KEYS]) {
    const text = fields.data[key];
    if (typeof text === "string") return fromText(text, filename);
  }
  return [];
}

// A worker's `type` may be wrong or missing; what the text is, it shows itself.
function fromText(text: string, filename: string): PictureSource[] {
  if (/^https?:\/\//i.test(text)) {
    return [{ kind: "url", filename, url: text }];
  }
  return pictureType(base64Start(text, PICTURE_TYPE_BYTES)) === null
    ? []
    : [{ kind: "base64", filename, data: text }];
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === "string" && value !== "" ? [value] : [];
}

function unreadable(reason: string): OutputContents {
  return { kind: "unreadable", reason };
}

/** Says what an output looks like, never what it holds: keys only, and only those that are words. */
function describeShape(output: unknown): string {
  if (typeof output !== "object" || output === null) return typeof output;
  if (Array.isArray(output)) return "list";
  const keys = Object.keys(output).filter((key) => /^[a-z][a-z0-9_]{0,30}$/i.test(key));
  return keys.slice(0, 8).join(", ") || "no known key";
}
