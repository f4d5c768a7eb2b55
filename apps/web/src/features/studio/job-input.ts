import type { JobInput } from "@ob/api";
import type { DraftSettings } from "./draft-settings.ts";

/** The server's copies of a job's pictures. */
export interface JobAssets {
  readonly imageAssetId: string;
  readonly extraImageAssetIds: readonly string[];
  readonly maskAssetId: string | null;
}

/** The job's input as it stands, without what is not chosen. */
export function jobInput(settings: DraftSettings, assets: JobAssets): JobInput {
  const { options, prompt, mode, ratio, params } = settings;
  const { imageAssetId, extraImageAssetIds: extras, maskAssetId } = assets;
  return {
    imageAssetId,
    ...(extras.length === 0 ? {} : { extraImageAssetIds: [...extras] }),
    ...(maskAssetId === null ? {} : { maskAssetId }),
    ...(isEmpty(options) ? {} : { options: { ...options } }),
    ...(isEmpty(params) ? {} : { params: { ...params } }),
    ...(prompt.trim() === "" ? {} : { prompt }),
    ...(ratio === null ? {} : { ratio }),
    ...(mode === null ? {} : { mode }),
  };
}

function isEmpty(values: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(values).length === 0;
}
