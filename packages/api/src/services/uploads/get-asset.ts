import type { Asset } from "../../contract/upload.ts";
import type { CallerContext } from "../context.ts";
import { assetView } from "./asset-view.ts";
import { readAsset } from "./read-asset.ts";

/** A picture the caller uploaded, wherever he is now. @throws {AppError} ASSET_NOT_FOUND */
export async function getAsset(ctx: CallerContext, input: { assetId: string }): Promise<Asset> {
  return assetView(ctx, await readAsset(ctx, input.assetId));
}
