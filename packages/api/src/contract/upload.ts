import { z } from "zod";

export const CreateUploadInput = z.strictObject({
  kind: z.enum(["image", "mask"]),
  contentType: z.string().max(100),
  bytes: z.int().min(0),
});
export type CreateUploadInput = z.infer<typeof CreateUploadInput>;
export const AssetIdInput = z.strictObject({ assetId: z.uuid() });
export const FinishUploadInput = z.strictObject({ uploadId: z.uuid() });

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
