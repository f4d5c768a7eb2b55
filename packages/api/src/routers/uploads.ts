import { CreateUploadInput, FinishUploadInput } from "../contract/inputs.ts";
import { createUpload } from "../services/uploads/create-upload.ts";
import { finishUpload } from "../services/uploads/finish-upload.ts";
import { authed, router } from "./trpc.ts";

export const uploadsRouter = router({
  create: authed.input(CreateUploadInput).mutation(({ ctx, input }) => createUpload(ctx, input)),
  finish: authed.input(FinishUploadInput).mutation(({ ctx, input }) => finishUpload(ctx, input)),
});
