import type { JobRow } from "@ob/db";
import type { PreparedInputs } from "@ob/imaging";
import type { BoundGraph } from "@ob/workflow";
import { sha256Hex } from "../../sha256-hex.ts";
import { type AttemptFiles, bindAttempt } from "./bind-attempt.ts";
import type { LifecycleContext } from "./drive-context.ts";
import type { PictureKeys } from "./drive-rows.ts";
import { loadPictures } from "./load-pictures.ts";

/** Names and secrets of one attempt, random each time: a warm GPU worker keeps files. */
export interface AttemptNames extends AttemptFiles {
  /** 256 bits; only its SHA-256 is stored. */
  readonly token: string;
  readonly tokenSha256: string;
}

/** A file as it is sent. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface PreparedAttempt {
  readonly names: AttemptNames;
  /** Every file the graph reads: the pictures in their order, then the mask. */
  readonly files: readonly NamedFile[];
  readonly bound: BoundGraph;
}

/**
 * Makes everything an attempt sends, before its intent starts the clock.
 * @throws {PictureMissing} | ImageError when no try of this job can be sent.
 */
export async function prepareAttempt(
  ctx: LifecycleContext,
  job: JobRow,
  pictures: PictureKeys,
): Promise<PreparedAttempt> {
  const { original, mask, extras } = await loadPictures(ctx, job, pictures);
  const inputs = await ctx.imaging.prepareInputs({
    original,
    extras,
    mask,
    plan: job.plan,
    maxBodyBytes: ctx.gpuSettings.maxBodyBytes,
  });
  const { files, ...named } = nameFiles(ctx, inputs);
  const token = Buffer.from(ctx.randomBytes(32)).toString("base64url");
  const names = { ...named, token, tokenSha256: sha256Hex(token) };
  return { names, files, bound: bindAttempt(ctx.registry, job, names) };
}

/** Gives every file a name nobody can guess, the first picture first. */
function nameFiles(
  ctx: LifecycleContext,
  { images, mask }: PreparedInputs,
): AttemptFiles & { files: NamedFile[] } {
  const hex = (size: number) => Buffer.from(ctx.randomBytes(size)).toString("hex");
  const stem = hex(16);
  const pictures = images.map(({ bytes, extension }, at) => ({
    name: at === 0 ? `${stem}-image.${extension}` : `${stem}-image${at + 1}.${extension}`,
    bytes,
  }));
  const [first, ...others] = pictures;
  if (first === undefined) throw new Error("imaging prepared no picture");
  const maskFile =
    mask === null ? null : { name: `${stem}-mask.${mask.extension}`, bytes: mask.bytes };
  return {
    filePrefix: `ob-${hex(16)}`,
    imageName: first.name,
    extraImageNames: others.map(({ name }) => name),
    maskName: maskFile?.name ?? null,
    files: maskFile === null ? pictures : [...pictures, maskFile],
  };
}
