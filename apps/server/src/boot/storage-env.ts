import type { EnvVariables } from "./env-variables.ts";

/** Where objects are kept. */
export type StorageEnv =
  | { readonly kind: "files" }
  | {
      readonly kind: "s3";
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

/** The variables of an S3 store. */
export const S3_NEEDS = [
  "S3_ENDPOINT",
  "S3_REGION",
  "S3_BUCKET",
  "S3_ACCESS_KEY_ID",
  "S3_SECRET_ACCESS_KEY",
] as const;

/** Puts together what was found complete. @throws when it was not */
export function readStorageEnv(env: EnvVariables): StorageEnv {
  if (env.STORAGE === "files") return { kind: "files" };
  const [endpoint, region, bucket, accessKeyId, secretAccessKey] = S3_NEEDS.map(
    (name) => env[name],
  );
  if (
    endpoint === undefined ||
    region === undefined ||
    bucket === undefined ||
    accessKeyId === undefined ||
    secretAccessKey === undefined
  ) {
    throw new Error("the variables of the S3 store were not checked");
  }
  return { kind: "s3", endpoint, region, bucket, accessKeyId, secretAccessKey };
}
