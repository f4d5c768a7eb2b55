import { expect, test } from "vitest";

import { PromptNotes } from "./prompt-notes.ts";
import type { SocketMessage } from "./socket-message.ts";

const TWO_SAMPLERS = {
  "3": { class_type: "KSampler", inputs: { steps: 4 } },
  "5": { class_type: "KSamplerAdvanced", inputs: { steps: 6 } },
  "8": { class_type: "VAEDecode", inputs: {} },
};

function follow(): { notes: PromptNotes; ended: string[] } {
  const ended: string[] = [];
  const notes = new PromptNotes({ now: () => 1_000, onEnded: (id) => ended.push(id) });
  notes.follow("ours", { graph: TWO_SAMPLERS, untilMs: 2_000 });
  return { notes, ended };
}

function steps(nodeId: string, value: number, max: number): SocketMessage {
  return { kind: "progress", promptId: "ours", steps: [{ nodeId, value, max }] };
}

function preview(promptId: string | null, size: number): SocketMessage {
  const bytes = new Uint8Array(size);
  return { kind: "preview", promptId, preview: { mediaType: "image/jpeg", bytes } };
}

test("progress is the steps of all samplers together, as the graph plans them", () => {
  const { notes } = follow();
  expect(notes.progressOf("ours")).toBeNull();
  notes.hear(steps("3", 2, 4));
  expect(notes.progressOf("ours")).toEqual({ value: 2, max: 10 });
  notes.hear(steps("3", 4, 4));
  notes.hear(steps("5", 1, 5));
  expect(notes.progressOf("ours")).toEqual({ value: 5, max: 9 });
});

test("progress never goes back, and bars of other nodes are no steps", () => {
  const { notes } = follow();
  notes.hear(steps("3", 3, 4));
  notes.hear(steps("3", 1, 4));
  notes.hear(steps("8", 1, 1));
  expect(notes.progressOf("ours")).toEqual({ value: 3, max: 10 });
});

test("after its end a prompt hears nothing more and rings no more", () => {
  const { notes, ended } = follow();
  notes.hear(steps("3", 1, 4));
  notes.hear({ kind: "ended", promptId: "ours" });
  notes.hear({ kind: "ended", promptId: "ours" });
  notes.hear(steps("3", 2, 4));
  expect(notes.progressOf("ours")).toEqual({ value: 1, max: 10 });
  expect(ended).toEqual(["ours"]);
  expect(notes.isAnyAlive()).toBe(false);
});

test("a frame without a name is that of the prompt that runs, and nobody's when it is not ours", () => {
  const { notes } = follow();
  notes.hear(preview(null, 10));
  expect(notes.previewOf("ours")).toBeNull();
  notes.hear({ kind: "started", promptId: "ours" });
  notes.hear(preview(null, 10));
  notes.hear(preview("somebody-elses", 10));
  expect(notes.previewOf("ours")).toMatchObject({ frames: 1 });
});

test("a preview that is no thumbnail is counted and not kept", () => {
  const { notes } = follow();
  notes.hear(preview("ours", 100));
  notes.hear(preview("ours", 200_001));
  expect(notes.previewOf("ours")).toMatchObject({ frames: 2, bytes: { byteLength: 100 } });
});

test("what is remembered is bounded: the oldest go first", () => {
  const { notes } = follow();
  for (let n = 0; n < 1_000; n += 1) notes.noteRunning(`other-${n}`);
  notes.hear(steps("3", 1, 4));
  expect(notes.progressOf("ours")).toBeNull();
});
