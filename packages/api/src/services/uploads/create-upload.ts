import type { CallerContext } from "../context.ts";
import type { CreateUploadInput, UploadTicket } from "../../contract/upload.ts";

export async function createUpload(
  _ctx: CallerContext,
  _input: CreateUploadInput,
): Promise<UploadTicket> {
  throw new Error("not built");
}
