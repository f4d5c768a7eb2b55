export type { AppErrorCode } from "../domain/app-error.ts";
export type * from "../contract/credits.ts";
export type * from "../contract/job.ts";
export type * from "../contract/service.ts";
export type * from "../contract/upload.ts";
export type { AppErrorData, AppErrorShape } from "../contract/error.ts";
export {
  createStudioClient,
  type StudioClient,
  type StudioClientOptions,
} from "./create-studio-client.ts";
export { readRefusal, type Refusal } from "./read-refusal.ts";
export type { StudioRouter } from "./studio-router.ts";
export { StudioError } from "./studio-error.ts";
export type { PictureFile } from "./upload-file.ts";
export type { WatchOptions } from "./watch-job.ts";
