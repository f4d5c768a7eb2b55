import { describe, expect, test } from "vitest";
import { aKeptDraft, aPhoto, playDraft } from "../../testing/a-draft.ts";
import { SERVICE } from "../../testing/mock-server.ts";
import { EMPTY_SETTINGS } from "./draft-settings.ts";
import {
  carriedDraft,
  fittingDraft,
  isSameDraft,
  nextDraft,
  type Draft,
  type DraftEvent,
  type KeptDraft,
} from "./draft.ts";
import { Painter } from "./painter/painter.ts";

const chosen = (id: string): DraftEvent => ({
  kind: "photoChosen",
  work: { photo: aPhoto(id), painter: new Painter({ picture: aPhoto(id) }) },
});
const refusal = {
  code: "IMAGE_UNREADABLE",
  message: { th: "ไม่ได้", en: "no" },
  field: null,
} as const;

test("a photo the server refuses gives back the one before it, and says why", () => {
  const draft = playDraft(chosen("a"), chosen("b"), {
    kind: "photoRefused",
    photoId: "b",
    refusal,
  });
  expect(draft.work?.photo.id).toBe("a");
  expect(draft.trouble).toEqual({ kind: "refused", refusal });
});

test("a late refusal of a photo that was already replaced changes nothing", () => {
  const before = playDraft(chosen("a"), chosen("b"));
  expect(nextDraft(before, { kind: "photoRefused", photoId: "a", refusal })).toBe(before);
});

test("a file that is no picture keeps the photo that is there", () => {
  const draft = playDraft(chosen("a"), { kind: "fileRefused", problem: "notPicture" });
  expect(draft.work?.photo.id).toBe("a");
  expect(draft.trouble).toEqual({ kind: "intake", problem: "notPicture" });
});

test("of several files only the first is used, and that is said until the next photo", () => {
  const many = { ...chosen("a"), isFirstOfMany: true };
  expect(playDraft(many).trouble).toEqual({ kind: "manyFiles" });
  expect(playDraft(many, chosen("b")).trouble).toBeNull();
});

describe("further pictures", () => {
  const added = (id: string): DraftEvent => ({ kind: "extraAdded", photo: aPhoto(id), max: 2 });
  const ids = (draft: Draft) => draft.extras.map(({ id }) => id);

  test("stand in the order they came, and no more than the service takes", () => {
    expect(ids(playDraft(added("b"), added("c"), added("d")))).toEqual(["b", "c"]);
  });

  test("close the gap when one is taken away", () => {
    const draft = playDraft(added("b"), added("c"), { kind: "extraRemoved", photoId: "b" });
    expect(ids(draft)).toEqual(["c"]);
  });

  test("that the server refuses go, and that is said until it is read", () => {
    const trouble = { kind: "refused", refusal } as const;
    const draft = playDraft(added("b"), { kind: "extraRefused", photoId: "b", trouble });
    expect(ids(draft)).toEqual([]);
    expect(draft.extraTrouble).toEqual(trouble);
    expect(nextDraft(draft, { kind: "extraTroubleRead" }).extraTrouble).toBeNull();
  });
});

describe("a photo taken to another service", () => {
  test("brings its mask, and finds the words that were there", () => {
    const own = { ...aKeptDraft("b"), prompt: "ของเดิม", mode: null };
    const painted = { ops: [{ kind: "invert" }], head: 1 } as const;
    const carried = carriedDraft({ ...aKeptDraft("a"), history: painted }, own);
    expect(carried).toMatchObject({ prompt: "ของเดิม", mode: null, history: painted });
    expect(carried.photo?.id).toBe("a");
  });

  test("keeps the mask that was painted on it there", () => {
    const painted = { ops: [{ kind: "invert" }], head: 1 } as const;
    const carried = carriedDraft(aKeptDraft("a"), { ...aKeptDraft("a"), history: painted });
    expect(carried.history).toEqual(painted);
  });

  test("opens with no words where nothing was begun", () => {
    expect(carriedDraft(aKeptDraft("a"), null)).toMatchObject({ ...EMPTY_SETTINGS, extras: [] });
  });
});

test("choices and a mode the service has no more are dropped from a kept draft", () => {
  const gone = {
    ...aKeptDraft("a"),
    options: { light: "golden-hour", hair: "bob" },
    mode: "turbo",
  };
  expect(fittingDraft(gone, SERVICE)).toMatchObject({
    options: { light: "golden-hour" },
    mode: null,
    prompt: "สวย",
  });
  const stale = { ...aKeptDraft("a"), options: { light: "no-such-light" } };
  expect(fittingDraft(stale, SERVICE)).toMatchObject({ options: {}, mode: "quality" });
});

test("a ratio, numbers and pictures the service does not take are dropped from a kept draft", () => {
  const gone = {
    ...aKeptDraft("a"),
    ratio: "21:9",
    params: { denoise: 3, blur: 1 },
    extras: [aPhoto("b"), aPhoto("c")],
  };
  const service = {
    ...SERVICE,
    ratios: ["original", "4:5"],
    params: [{ id: "denoise", title: SERVICE.title, min: 0, max: 1, step: 0.1, default: 0.7 }],
    images: { min: 1, max: 2 },
  };
  const fitting = fittingDraft(gone, service);
  expect(fitting).toMatchObject({ ratio: null, params: {} });
  expect(fitting.extras.map(({ id }) => id)).toEqual(["b"]);
  const known = { ...gone, ratio: "4:5", params: { denoise: 0.5 } };
  expect(fittingDraft(known, service)).toMatchObject({ ratio: "4:5", params: { denoise: 0.5 } });
});

test("drafts are the same by what they ask for, not by what was undone", () => {
  const one = aKeptDraft("a");
  const undone: KeptDraft = {
    ...one,
    history: { ops: [{ kind: "fillAll" }, { kind: "invert" }], head: 1 },
  };
  expect(isSameDraft(one, undone)).toBe(true);
  expect(isSameDraft(one, { ...undone, history: { ...undone.history, head: 2 } })).toBe(false);
  expect(isSameDraft(one, aKeptDraft("b"))).toBe(false);
  expect(isSameDraft(one, { ...one, options: {} })).toBe(false);
});
