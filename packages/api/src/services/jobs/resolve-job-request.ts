import { assets } from "@ob/db";
import {
  type CanvasPlan,
  type CompiledPrompt,
  type GpuService,
  type InputProblem,
  pictureProblem,
  planEdit,
  type ServiceInput,
} from "@ob/workflow";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { MAX_SEED } from "../../contract/inputs.ts";
import type { JobInput, JobInputEcho } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import { maskBoundsInPicture, maskFits } from "../../domain/mask-fit.ts";
import { priceOf } from "../../domain/prices.ts";
import type { CallerContext } from "../context.ts";
import { pickVersion, type VersionWish } from "../versions/pick-version.ts";

type AssetRow = typeof assets.$inferSelect;

/** A request that fits its service, priced and planned; nothing is held yet. */
export interface ResolvedJobRequest {
  readonly service: GpuService;
  readonly credits: number;
  /** With the seed drawn and defaults filled in. */
  readonly input: JobInputEcho;
  readonly prompt: CompiledPrompt;
  readonly plan: CanvasPlan;
}

/**
 * Checks what a caller asks of a service; the one way quotes, jobs and retries are read.
 * @throws {AppError} SERVICE_UNKNOWN, PRICE_CHANGED, ASSET_NOT_FOUND, INPUT_INVALID, OPTION_UNKNOWN, PROMPT_*, MASK_*
 */
export async function resolveJobRequest(
  ctx: CallerContext,
  request: VersionWish & { readonly input: JobInput },
): Promise<ResolvedJobRequest> {
  const finding = findAssets(ctx, request.input);
  finding.catch(() => {});
  const service = await pickVersion(ctx, request);
  checkCounts(service, request.input);
  const { picture, mask } = await finding;
  if (pictureProblem(service.contract, { picture, maskBounds: null }) !== null) {
    throw new AppError("INPUT_INVALID", { field: "input.imageAssetId" });
  }
  const input = resolveInput(ctx, service, request.input);
  const maskBounds = mask === null ? null : boundsOf(mask, picture);
  return {
    service,
    credits: priceOf(ctx.services.prices, service, input.mode),
    input: echo(request.input, input),
    ...planEdit(service, {
      picture: { width: picture.width, height: picture.height },
      maskBounds,
      input,
    }),
  };
}

function checkCounts({ contract }: GpuService, input: JobInput): void {
  const images = 1 + (input.extraImageAssetIds?.length ?? 0);
  if (images < contract.images.min || images > contract.images.max) {
    throw new AppError("INPUT_INVALID", { field: "input.extraImageAssetIds" });
  }
  const hasMask = input.maskAssetId !== undefined;
  if (contract.mask === (hasMask ? "none" : "required")) {
    throw new AppError("INPUT_INVALID", { field: "input.maskAssetId" });
  }
}

async function findAssets(
  ctx: CallerContext,
  input: JobInput,
): Promise<{ picture: AssetRow; mask: AssetRow | null }> {
  const extras = input.extraImageAssetIds ?? [];
  const masks = input.maskAssetId === undefined ? [] : [input.maskAssetId];
  const asked = [input.imageAssetId, ...extras, ...masks];
  const rows = await ctx.services.db
    .select()
    .from(assets)
    .where(
      and(eq(assets.ownerId, ctx.ownerId), inArray(assets.id, asked), isNull(assets.erasedAt)),
    );
  const find = (id: string, kind: AssetRow["kind"], field: string): AssetRow => {
    const found = rows.find((row) => row.id === id.toLowerCase() && row.kind === kind);
    if (found === undefined) throw new AppError("ASSET_NOT_FOUND", { field });
    return found;
  };
  const picture = find(input.imageAssetId, "image", "input.imageAssetId");
  extras.forEach((id, at) => find(id, "image", `input.extraImageAssetIds.${at}`));
  const mask =
    input.maskAssetId === undefined ? null : find(input.maskAssetId, "mask", "input.maskAssetId");
  return { picture, mask };
}

function resolveInput(ctx: CallerContext, service: GpuService, input: JobInput): ServiceInput {
  const resolved = service.resolveInput({
    options: input.options,
    params: input.params,
    prompt: input.prompt,
    ratio: input.ratio,
    mode: input.mode,
    seed: input.seed ?? drawSeed(ctx),
    hasMask: input.maskAssetId !== undefined,
    extraImages: input.extraImageAssetIds?.length ?? 0,
  });
  if (!resolved.ok) throw toAppError(resolved.problem);
  return resolved.input;
}

function toAppError(problem: InputProblem): AppError {
  return new AppError(problem.code, { field: `input.${problem.field}` });
}

/** 53 random bits: every integer a JSON number carries exactly. */
function drawSeed(ctx: CallerContext): number {
  const bits = Buffer.from(ctx.services.randomBytes(8)).readBigUInt64BE();
  return Number(bits & BigInt(MAX_SEED));
}

function boundsOf(mask: AssetRow, picture: AssetRow) {
  const field = "input.maskAssetId";
  if (!maskFits(mask, picture)) throw new AppError("MASK_SIZE_MISMATCH", { field });
  if (mask.maskBounds === null) throw new AppError("MASK_EMPTY", { field });
  return maskBoundsInPicture(mask.maskBounds, { mask, picture });
}

function echo(asked: JobInput, resolved: ServiceInput): JobInputEcho {
  return {
    imageAssetId: asked.imageAssetId,
    extraImageAssetIds: [...(asked.extraImageAssetIds ?? [])],
    maskAssetId: asked.maskAssetId ?? null,
    options: resolved.options,
    params: resolved.params,
    prompt: resolved.prompt,
    ratio: resolved.ratio,
    mode: resolved.mode,
    seed: resolved.seed,
  };
}
