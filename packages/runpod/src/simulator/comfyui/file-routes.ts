import { Buffer } from "node:buffer";

import type { ComfyuiApp, ComfyuiAppParts } from "./app.ts";
import { FOLDERS, isInside, joinPath, type Folder } from "./file-store.ts";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
};

/** `/upload/image` and `/view`. */
export function addFileRoutes(app: ComfyuiApp, { files, log }: ComfyuiAppParts): void {
  app.post("/upload/image", async (c) => {
    const form = await c.req.formData();
    const image = form.get("image");
    if (!(image instanceof File) || image.name === "") return c.body(null, 400);
    const folder = readFolder(form.get("type"), "input");
    const subfolder = readText(form.get("subfolder"));
    const name = files.upload(folder, {
      name: image.name,
      subfolder,
      bytes: Buffer.from(await image.arrayBuffer()),
      overwrite: ["true", "1"].includes(readText(form.get("overwrite"))),
    });
    if (name === null) return c.body(null, 400);
    log({ event: "file.uploaded", folder, name });
    return c.json({ name, subfolder, type: folder });
  });
  app.get("/view", (c) => {
    const filename = c.req.query("filename");
    if (filename === undefined) return c.body(null, 404);
    const subfolder = c.req.query("subfolder") ?? "";
    if (!isInside(filename) || !isInside(subfolder)) return c.body(null, 400);
    const folder = readFolder(c.req.query("type") ?? null, "output");
    const bytes = files.read(folder, joinPath(subfolder, filename));
    if (bytes === null) return c.body(null, 404);
    const extension = filename.slice(filename.lastIndexOf(".") + 1).toLowerCase();
    return c.body(Buffer.from(bytes), 200, {
      "content-type": CONTENT_TYPES[extension] ?? "application/octet-stream",
      "content-disposition": `filename="${filename}"`,
    });
  });
}

function readFolder(value: unknown, otherwise: Folder): Folder {
  return FOLDERS.find((folder) => folder === value) ?? otherwise;
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
