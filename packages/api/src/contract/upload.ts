/** A picture or mask about to be sent. */
export interface CreateUploadInput {
  kind: "image" | "mask";
  contentType: string;
  bytes: number;
}
export interface AssetIdInput {
  assetId: string;
}
export interface FinishUploadInput {
  uploadId: string;
}
/** Where to PUT the bytes: exactly `headers`, no cookie, until one PUT has succeeded. */
export interface UploadTicket {
  uploadId: string;
  method: "PUT";
  url: string;
  headers: Record<string, string>;
  expiresAt: string;
}

/** A decoded picture of the caller's; sizes are upright pixels. */
export interface Asset {
  assetId: string;
  kind: "image" | "mask";
  width: number;
  height: number;
  contentType: string;
  bytes: number;
  previewUrl: string;
}
