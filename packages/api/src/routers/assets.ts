import { JobIdInput } from "../contract/inputs.ts";
import { AssetIdInput } from "../contract/inputs.ts";
import { assetFromResult } from "../services/uploads/asset-from-result.ts";
import { getAsset } from "../services/uploads/get-asset.ts";
import { authed, router } from "./trpc.ts";

export const assetsRouter = router({
  get: authed.input(AssetIdInput).query(({ ctx, input }) => getAsset(ctx, input)),
  fromResult: authed.input(JobIdInput).mutation(({ ctx, input }) => assetFromResult(ctx, input)),
});
