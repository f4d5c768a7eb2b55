import type { ApiGraph } from "@ob/workflow";

import type { StepProgress } from "../backend.ts";
import type { PreviewImage, SocketMessage } from "./socket-message.ts";

/** What ended a prompt of ours, where it was us. */
export type OurEnding = "cancelled" | "timed-out";

/** A preview to show while a prompt is drawn; kept in memory alone. */
export interface PromptPreview extends PreviewImage {
  /** How many frames there have been. */
  frames: number;
}

interface Note {
  /** Steps that each sampler of the graph will take. */
  samplers: ReadonlyMap<string, number>;
  steps: Map<string, { value: number; max: number }>;
  startedAtMs: number | null;
  preview: PreviewImage | null;
  frames: number;
  ending: OurEnding | null;
  isOver: boolean;
  /** Nothing of it can be alive after this. */
  untilMs: number;
}

/** Oldest first to go. A backend has at most its slots in flight, far fewer. */
const MOST_NOTES = 1_000;
/** Previews are thumbnails; what is larger is not kept. */
const MAX_PREVIEW_BYTES = 200_000;

export interface PromptNotesOptions {
  /** Epoch ms. */
  now: () => number;
  /** Told once of each prompt whose end the websocket announced. */
  onEnded: (promptId: string) => void;
}

/**
 * What this process knows of prompts beyond what ComfyUI can be asked: progress, previews, when one
 * was first seen running, and which ones we ended ourselves. All of it may be lost at any time.
 */
export class PromptNotes {
  readonly #options: PromptNotesOptions;
  readonly #notes = new Map<string, Note>();
  /** Whose frames the ones without a name are. */
  #runningId: string | null = null;

  constructor(options: PromptNotesOptions) {
    this.#options = options;
  }

  /** Begins to follow a prompt of ours. */
  follow(promptId: string, o: { graph: ApiGraph; untilMs: number }): void {
    const note = this.#note(promptId);
    note.samplers = samplerSteps(o.graph);
    note.untilMs = o.untilMs;
  }

  /** Its end is known: no more frames are wanted. What ended it stays known. */
  markOver(promptId: string): void {
    const note = this.#notes.get(promptId);
    if (note !== undefined) close(note);
  }

  markEndedByUs(promptId: string, ending: OurEnding): void {
    const note = this.#note(promptId);
    note.ending ??= ending;
    close(note);
  }

  endingOf(promptId: string): OurEnding | null {
    return this.#notes.get(promptId)?.ending ?? null;
  }

  /** When it began, in our time; the first time we hear of it where we heard nothing before. */
  noteRunning(promptId: string): number {
    const note = this.#note(promptId);
    note.startedAtMs ??= this.#options.now();
    return note.startedAtMs;
  }

  /** Steps of all samplers together; `null` until one has taken a step. */
  progressOf(promptId: string): StepProgress | null {
    const note = this.#notes.get(promptId);
    if (note === undefined || note.steps.size === 0) return null;
    let value = 0;
    let max = 0;
    for (const [nodeId, planned] of note.samplers) {
      const steps = note.steps.get(nodeId);
      value += steps?.value ?? 0;
      max += steps?.max ?? planned;
    }
    return max === 0 ? null : { value: Math.min(value, max), max };
  }

  previewOf(promptId: string): PromptPreview | null {
    const note = this.#notes.get(promptId);
    if (note === undefined || note.preview === null) return null;
    return { ...note.preview, frames: note.frames };
  }

  /** Whether some prompt may still send frames. */
  isAnyAlive(): boolean {
    const nowMs = this.#options.now();
    for (const note of this.#notes.values()) if (!note.isOver && note.untilMs > nowMs) return true;
    return false;
  }

  /** Takes in one frame; of other people's prompts nothing is kept. */
  hear(message: SocketMessage): void {
    const promptId = message.promptId ?? this.#runningId;
    const note = promptId === null ? undefined : this.#notes.get(promptId);
    if (promptId === null || note === undefined || note.isOver) return;
    switch (message.kind) {
      case "started":
        this.#runningId = promptId;
        note.startedAtMs ??= this.#options.now();
        return;
      case "progress":
        for (const steps of message.steps) advance(note, steps);
        return;
      case "preview":
        note.frames += 1;
        if (message.preview.bytes.byteLength <= MAX_PREVIEW_BYTES) note.preview = message.preview;
        return;
      case "ended":
        close(note);
        if (this.#runningId === promptId) this.#runningId = null;
        this.#options.onEnded(promptId);
        return;
    }
  }

  #note(promptId: string): Note {
    const known = this.#notes.get(promptId);
    if (known !== undefined) return known;
    const note: Note = {
      samplers: new Map(),
      steps: new Map(),
      startedAtMs: null,
      preview: null,
      frames: 0,
      ending: null,
      isOver: false,
      untilMs: 0,
    };
    this.#notes.set(promptId, note);
    const [oldest] = this.#notes.keys();
    if (this.#notes.size > MOST_NOTES && oldest !== undefined) this.#notes.delete(oldest);
    return note;
  }
}

function close(note: Note): void {
  note.isOver = true;
  note.preview = null;
}

/** Progress never goes back: a frame may come late. Bars of other nodes are not sampler steps. */
function advance(note: Note, step: { nodeId: string; value: number; max: number }): void {
  if (!note.samplers.has(step.nodeId) || step.max === 0 || step.value === 0) return;
  const before = note.steps.get(step.nodeId);
  if (before !== undefined && before.value >= step.value) return;
  note.steps.set(step.nodeId, { value: Math.min(step.value, step.max), max: step.max });
}

function samplerSteps(graph: ApiGraph): Map<string, number> {
  const samplers = Object.entries(graph).filter(([, { class_type: type }]) =>
    /^(KSampler|SamplerCustom)/.test(type),
  );
  return new Map(
    samplers.map(([id, { inputs }]) => {
      const { steps } = inputs;
      return [id, typeof steps === "number" && steps > 0 ? steps : 1];
    }),
  );
}
