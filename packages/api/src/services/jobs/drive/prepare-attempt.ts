import { assets, type JobRow } from "@ob/db";
import type { PreparedInputs } from "@ob/imaging";
import { type BoundGraph, findGpuServiceVersion } from "@ob/workflow";
import { inArray } from "drizzle-orm";
import type { ServiceContext } from "../../context.ts";
import { sha256Hex } from "../../sha256-hex.ts";

/** Names and secrets of one attempt, random each time: a warm GPU worker keeps files. */
export interface AttemptNames {
  readonly filePrefix: string;
  readonly imageName: string;
  readonly maskName: string | null;
  /** 256 bits; only its SHA-256 is stored. */
  readonly token: string;
  readonly tokenSha256: string;
}

export interface PreparedAttempt {
  readonly names: AttemptNames;
  readonly inputs: PreparedInputs;
  readonly bound: BoundGraph;
}

/** A picture of the job is not in the store. */
export class PictureMissing extends Error {
  override readonly name = "PictureMissing";
}

/** The pictures of a job as they lie in the store. @throws {PictureMissing} */
export async function loadPictures(
  ctx: ServiceContext,
  job: Pick<JobRow, "imageAssetId" | "maskAssetId">,
): Promise<{ original: Uint8Array; mask: Uint8Array | null }> {
  const ids = job.maskAssetId === null ? [job.imageAssetId] : [job.imageAssetId, job.maskAssetId];
  const rows = await ctx.db
    .select({ id: assets.id, objectKey: assets.objectKey })
    .from(assets)
    .where(inArray(assets.id, ids));
  const read = async (assetId: string): Promise<Uint8Array> => {
    const key = rows.find((row) => row.id === assetId)?.objectKey;
    const bytes = key === undefined ? null : await ctx.store.get(key);
    if (bytes === null) throw new PictureMissing(`asset ${assetId} is not in the store`);
    return bytes;
  };
  const [original, mask] = await Promise.all([
    read(job.imageAssetId),
    job.maskAssetId === null ? null : read(job.maskAssetId),
  ]);
  return { original, mask };
}

/**
 * Makes everything an attempt sends, before its intent starts the clock.
 * @throws {PictureMissing} | ImageError when no try of this job can be sent.
 */
export async function prepareAttempt(ctx: ServiceContext, job: JobRow): Promise<PreparedAttempt> {
  const service = findGpuServiceVersion(job.serviceVersion);
  if (service === null) throw new Error(`this server does not know ${job.serviceVersion}`);
  if (job.input === null || job.promptEn === null) throw new Error(`job ${job.id} was erased`);
  const { original, mask } = await loadPictures(ctx, job);
  const inputs = await ctx.imaging.prepareInputs({
    original,
    mask,
    plan: job.plan,
    maxBodyBytes: ctx.gpuSettings.maxBodyBytes,
  });
  const names = nameAttempt(ctx, inputs);
  const bound = service.bind({
    mode: job.mode,
    seed: job.input.seed,
    promptEn: job.promptEn,
    plan: job.plan,
    params: job.input.params,
    files: { images: [names.imageName], mask: names.maskName },
    filePrefix: names.filePrefix,
  });
  return { names, inputs, bound };
}

function nameAttempt(ctx: ServiceContext, inputs: PreparedInputs): AttemptNames {
  const hex = (size: number) => Buffer.from(ctx.randomBytes(size)).toString("hex");
  const token = Buffer.from(ctx.randomBytes(32)).toString("base64url");
  const stem = hex(16);
  return {
    filePrefix: `ob-${hex(16)}`,
    imageName: `${stem}-image.${inputs.image.extension}`,
    maskName: inputs.mask === null ? null : `${stem}-mask.${inputs.mask.extension}`,
    token,
    tokenSha256: sha256Hex(token),
  };
}
