import {
  EMPTY_DRAFT,
  nextDraft,
  type Draft,
  type DraftEvent,
  type KeptDraft,
} from "../features/studio/draft.ts";
import type { Photo } from "../features/studio/read-photo.ts";

/** A photo of 600 × 400 as a person chose it. */
export const aPhoto = (id: string): Photo => ({
  id,
  name: `${id}.jpg`,
  blob: new Blob(["x"]),
  contentType: "image/jpeg",
  width: 600,
  height: 400,
});

/** A draft of a photo, all of it selected, with a choice and words, as it is kept. */
export const aKeptDraft = (photoId: string): KeptDraft => ({
  photo: aPhoto(photoId),
  history: { ops: [{ kind: "fillAll" }], head: 1 },
  options: { light: "golden-hour" },
  prompt: "สวย",
  mode: "quality",
  ratio: null,
  params: {},
  extras: [],
});

/** The draft after these events, from an empty one. */
export const playDraft = (...events: DraftEvent[]): Draft => events.reduce(nextDraft, EMPTY_DRAFT);
