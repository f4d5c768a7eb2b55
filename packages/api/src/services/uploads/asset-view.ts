import type { assets } from "@ob/db";
import type { Asset } from "../../contract/upload.ts";
import type { CallerContext } from "../context.ts";

/** An asset as its owner sees it; the preview URL is signed now and never stored. */
export function assetView(ctx: CallerContext, row: typeof assets.$inferSelect): Asset {
  return {
    assetId: row.id,
    kind: row.kind,
    width: row.width,
    height: row.height,
    contentType: row.contentType,
    bytes: row.bytes,
    previewUrl: ctx.services.store.signedUrl({
      key: row.previewKey,
      disposition: "inline",
      now: ctx.services.now(),
      origin: ctx.origin,
    }),
  };
}
