import { z } from "zod";

import { GpuUnavailable } from "../errors.ts";
import { askKnownRoute, takeJson } from "./ask-comfyui.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";

const Stored = z.object({ name: z.string(), subfolder: z.string(), type: z.string() });

export interface StoredFile {
  /** Flat; what is there under it is overwritten. */
  name: string;
  type: "input" | "output";
  bytes: Uint8Array;
  filePrefix: string;
}

/** Puts one file into a folder of ComfyUI. @throws as `askKnownRoute` */
export async function storeFile(
  server: ComfyuiServer,
  { name, type, bytes, filePrefix }: StoredFile,
  signal: AbortSignal,
): Promise<void> {
  const form = new FormData();
  form.set("image", new File([new Uint8Array(bytes)], name));
  form.set("type", type);
  form.set("overwrite", "true");
  const stored = await askKnownRoute(
    server,
    {
      operation: "upload",
      method: "POST",
      path: "/upload/image",
      body: form,
      meant: { image: bytes, name, type, overwrite: "true" },
      filePrefix,
      take: takeJson((json) => Stored.safeParse(json).data ?? null),
    },
    signal,
  );
  // The graph names the file: under another name it would load somebody else's, or none.
  if (stored.name === name && stored.subfolder === "" && stored.type === type) return;
  throw new GpuUnavailable("ComfyUI stored a picture under another name.");
}
