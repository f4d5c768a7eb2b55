import { Buffer } from "node:buffer";

import type { OutputForm } from "./scenario.ts";

/** A picture a job ended with. */
export interface DrawnImage {
  filename: string;
  png: Uint8Array;
}

/** Where a job's file is to be had, with a signature. */
export type LinkTo = (filename: string) => string;

/** Shapes pictures as some version or relative of worker-comfyui would; `null`: as 5.x does. */
export function formOutput(
  form: OutputForm | null,
  images: readonly DrawnImage[],
  linkTo: LinkTo,
): unknown {
  const [first] = images;
  if (form === null || first === undefined) return { images: images.map(toBase64Image) };
  return FORMS[form](first, linkTo);
}

/** A file name that belongs to an edit of somebody else. */
const FOREIGN_NAME = "somebody-else_00001_.png";

const FORMS = {
  "output-message": (image) => ({ message: base64(image), status: "success" }),
  "output-message-url": ({ filename }, linkTo) => ({
    message: linkTo(filename),
    status: "success",
  }),
  "output-s3-url": ({ filename }, linkTo) => ({
    images: [{ filename, type: "s3_url", data: linkTo(filename) }],
  }),
  "output-url": ({ filename }, linkTo) => ({ url: linkTo(filename) }),
  "output-image-url": ({ filename }, linkTo) => ({ image_url: linkTo(filename) }),
  "output-result-url": ({ filename }, linkTo) => ({ result_url: linkTo(filename) }),
  "output-image-base64": (image) => ({ image_base64: base64(image) }),
  "output-image": (image) => ({ image: base64(image) }),
  "output-text": base64,
  "output-text-url": ({ filename }, linkTo) => linkTo(filename),
  "output-list": (image) => [base64(image)],
  "output-data-uri": (image) => ({
    images: [{ ...toBase64Image(image), data: `data:image/png;base64,${base64(image)}` }],
  }),
  "output-with-errors": (image) => ({
    images: [toBase64Image(image)],
    errors: ["Node 9 produced unhandled output keys: ['text']."],
  }),
  "output-foreign": (image) => ({
    images: [{ ...toBase64Image(image), filename: FOREIGN_NAME }],
  }),
  "output-foreign-first": (image) => ({
    images: [{ ...toBase64Image(image), filename: FOREIGN_NAME }, toBase64Image(image)],
  }),
  "output-none": () => ({ status: "success_no_images", images: [] }),
  "output-error": () => ({ error: "the worker's own words" }),
  "output-dead-link": (_image, linkTo) => ({ image_url: linkTo("never-drawn.png") }),
  "output-html-link": (_image, linkTo) => ({ image_url: linkTo("login.html") }),
} as const satisfies Record<OutputForm, (image: DrawnImage, linkTo: LinkTo) => unknown>;

function toBase64Image(image: DrawnImage): { filename: string; type: string; data: string } {
  return { filename: image.filename, type: "base64", data: base64(image) };
}

function base64({ png }: DrawnImage): string {
  return Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString("base64");
}
