import { randomUUID } from "node:crypto";
import type { CreateJobInput } from "@ob/api";

/** An edit as a user asks for it. */
export function editRequest(input: {
  readonly imageAssetId: string;
  readonly maskAssetId?: string;
}): CreateJobInput {
  return {
    requestId: randomUUID(),
    service: "qwen-image-edit",
    input: { ...input, prompt: "เปลี่ยนเสื้อเป็นสีฟ้า", mode: "fast" },
  };
}
