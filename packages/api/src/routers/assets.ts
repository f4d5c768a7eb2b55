import { AssetIdInput } from "../contract/upload.ts";
import { getAsset } from "../services/uploads/get-asset.ts";
import { authed, router } from "./trpc.ts";

export const assetsRouter = router({
  get: authed.input(AssetIdInput).query(({ ctx, input }) => getAsset(ctx, input)),
});
