import { JobIdInput } from "../contract/job.ts";
import { AssetIdInput } from "../contract/upload.ts";
import { assetFromResult } from "../services/uploads/asset-from-result.ts";
import { getAsset } from "../services/uploads/get-asset.ts";
import { authed, router } from "./trpc.ts";

export const assetsRouter = router({
  get: authed.input(AssetIdInput).query(({ ctx, input }) => getAsset(ctx, input)),
  fromResult: authed.input(JobIdInput).mutation(({ ctx, input }) => assetFromResult(ctx, input)),
});
