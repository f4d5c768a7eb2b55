import { assets } from "@ob/db";
import { and, eq, isNull } from "drizzle-orm";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";

export type AssetRow = typeof assets.$inferSelect;

/** One of the caller's pictures. @throws {AppError} ASSET_NOT_FOUND when it is foreign or erased */
export async function readAsset(ctx: CallerContext, assetId: string): Promise<AssetRow> {
  const row = await ctx.services.db.query.assets.findFirst({
    where: and(eq(assets.id, assetId), eq(assets.ownerId, ctx.ownerId), isNull(assets.erasedAt)),
  });
  if (row === undefined) throw new AppError("ASSET_NOT_FOUND", { field: "assetId" });
  return row;
}
