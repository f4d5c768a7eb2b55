import { randomUUID } from "node:crypto";

import type { AttemptRequest, GpuBackend, Leftovers } from "../backend.ts";
import { cancelPrompt } from "./cancel-prompt.ts";
import { createComfyuiServer, type ComfyuiServerOptions } from "./comfyui-server.ts";
import { discardFiles } from "./discard-files.ts";
import { fetchView } from "./fetch-view.ts";
import { findPrompt } from "./find-prompt.ts";
import { followPrompts } from "./follow-prompts.ts";
import { promptIdOf } from "./prompt-id.ts";
import { PromptNotes, type PromptPreview } from "./prompt-notes.ts";
import { readComfyuiHealth } from "./read-comfyui-health.ts";
import { reportPrompt } from "./report-prompt.ts";
import { submitPrompt } from "./submit-prompt.ts";
import { uploadImages } from "./upload-images.ts";

/** One ComfyUI server, and who hears of what its websocket says. */
export interface ComfyuiBackendOptions extends ComfyuiServerOptions {
  /** Whose frames the websocket gets; one per process. @default a random UUID */
  clientId?: string;
  /** Told when the websocket says that a prompt has ended, well or badly: the doorbell ComfyUI has. */
  onEnded?: (promptId: string) => void;
}

/** The GPU port over one ComfyUI server, and what only such a server has. */
export interface ComfyuiBackend extends GpuBackend {
  prepare(attempt: AttemptRequest, signal: AbortSignal): Promise<void>;
  discard(leftovers: Leftovers, signal: AbortSignal): Promise<void>;
  /**
   * The id of an attempt that ComfyUI has taken in, found by its file prefix alone; `null`: not
   * there, which proves nothing while it may still be on its way. @throws as `report`
   */
  find(filePrefix: string, signal: AbortSignal): Promise<string | null>;
  /** The newest preview of a prompt this process has sent, while it is drawn; `null`: none came. */
  previewOf(promptId: string): PromptPreview | null;
  isFollowing(): boolean;
  /** Ends the websocket. */
  close(): void;
}

/**
 * Makes the GPU backend of one ComfyUI server.
 * @see https://docs.comfy.org/development/comfyui-server/comms_routes
 */
export function createComfyuiBackend(options: ComfyuiBackendOptions): ComfyuiBackend {
  const server = createComfyuiServer(options);
  const clientId = options.clientId ?? randomUUID();
  const onEnded = options.onEnded ?? (() => undefined);
  const notes = new PromptNotes({ now: server.now, onEnded });
  const follower = followPrompts({ server, notes, clientId });
  const uploaded = new Set<string>();
  const side = { server, notes, follower, clientId, uploaded };
  return {
    name: server.name,
    submit: (attempt, submitOptions) => submitPrompt(side, attempt, submitOptions),
    async report(promptId, signal) {
      const report = await reportPrompt(side, promptId, signal);
      follower.refresh();
      return report;
    },
    async cancel(promptId, signal) {
      await cancelPrompt(side, promptId, signal);
      follower.refresh();
    },
    fetchPictures: (output, want, signal) => fetchView(server, { output, want }, signal),
    health: (signal) => readComfyuiHealth(side, signal),
    prepare: (attempt, signal) => uploadImages(side, attempt, signal),
    discard: (leftovers, signal) => discardFiles(server, leftovers, signal),
    async find(filePrefix, signal) {
      const promptId = promptIdOf(filePrefix);
      return (await findPrompt(side, promptId, signal)) ? promptId : null;
    },
    previewOf: (promptId) => notes.previewOf(promptId),
    isFollowing: () => follower.isConnected(),
    close: () => follower.close(),
  };
}
