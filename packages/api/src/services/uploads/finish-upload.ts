import type { CallerContext } from "../context.ts";
import type { Asset } from "../../contract/upload.ts";

export async function finishUpload(
  _ctx: CallerContext,
  _input: { uploadId: string },
): Promise<Asset> {
  throw new Error("not built");
}
