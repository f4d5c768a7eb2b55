import type { Leftovers } from "../backend.ts";
import { askComfyui, takeNothing } from "./ask-comfyui.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";
import { promptIdOf } from "./prompt-id.ts";
import { readHistory } from "./read-history.ts";
import { storeFile } from "./store-file.ts";

/** ComfyUI takes no empty upload for a file; one byte is no picture either. */
const BLANK = new Uint8Array([0]);

/**
 * Takes away what an ended attempt left: its pictures and its result are overwritten with one byte
 * each, for ComfyUI offers to overwrite a file but not to delete it, and the history entry, which
 * holds the instruction, is deleted. A prompt that arrives only after this loads no picture and fails
 * at once. Names stay behind, and so does what ComfyUI's own cache holds in memory.
 * @throws as `askKnownRoute`
 */
export async function discardFiles(
  server: ComfyuiServer,
  { filePrefix, imageNames }: Leftovers,
  signal: AbortSignal,
): Promise<void> {
  const promptId = promptIdOf(filePrefix);
  const ending = await readHistory(server, promptId, signal);
  const files = ending?.end.kind === "success" ? ending.end.files : [];
  const outputs = files.filter(
    ({ filename, subfolder }) => subfolder === "" && filename.startsWith(`${filePrefix}_`),
  );
  for (const name of imageNames) {
    await storeFile(server, { name, type: "input", bytes: BLANK, filePrefix }, signal);
  }
  for (const { filename: name } of outputs) {
    await storeFile(server, { name, type: "output", bytes: BLANK, filePrefix }, signal);
  }
  const deletion = { method: "POST", path: "/history", body: { delete: [promptId] } } as const;
  const question = { operation: "upload", runpodJobId: promptId, take: takeNothing } as const;
  await askComfyui(server, { ...deletion, ...question }, signal);
}
