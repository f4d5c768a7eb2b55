import { describe, expect, test } from "vitest";
import type { Asset } from "@ob/api";
import { memoryStore } from "../../shared/lib/kv-store.ts";
import { SERVICE } from "../../testing/mock-server.ts";
import { createDraftStore } from "./draft-store.ts";
import {
  carriedDraft,
  EMPTY_DRAFT,
  fittingDraft,
  isSameDraft,
  nextDraft,
  type DraftEvent,
  type KeptDraft,
} from "./draft.ts";
import { EMPTY_SETTINGS, hasInstruction, needsSelection } from "./draft-settings.ts";
import { missingStep, type Readiness } from "./missing-step.ts";
import { Painter } from "./painter/painter.ts";
import type { Photo } from "./read-photo.ts";
import { jobInput } from "./job-input.ts";

const photo = (id: string): Photo => ({
  id,
  name: `${id}.jpg`,
  blob: new Blob(["x"]),
  contentType: "image/jpeg",
  width: 600,
  height: 400,
});
const HOUR_MS = 3_600_000;
const asset: Asset = {
  assetId: "22222222-2222-4222-8222-222222222222",
  kind: "image",
  width: 600,
  height: 400,
  contentType: "image/png",
  bytes: 1,
  previewUrl: "http://localhost/p",
};
const chosen = (id: string): DraftEvent => ({
  kind: "photoChosen",
  work: { photo: photo(id), painter: new Painter({ picture: photo(id) }) },
});
const refusal = {
  code: "IMAGE_UNREADABLE",
  message: { th: "ไม่ได้", en: "no" },
  field: null,
} as const;
const play = (...events: DraftEvent[]) => events.reduce(nextDraft, EMPTY_DRAFT);
const kept = (id: string | null): KeptDraft => ({
  photo: id === null ? null : photo(id),
  history: { ops: [{ kind: "fillAll" }], head: 1 },
  options: { light: "golden-hour" },
  prompt: "สวย",
  mode: "quality",
  ratio: null,
  params: {},
  extras: [],
});

test("a photo the server refuses gives back the one before it, and says why", () => {
  const draft = play(chosen("a"), chosen("b"), { kind: "photoRefused", photoId: "b", refusal });
  expect(draft.work?.photo.id).toBe("a");
  expect(draft.trouble).toEqual({ kind: "refused", refusal });
});

test("a late refusal of a photo that was already replaced changes nothing", () => {
  const before = play(chosen("a"), chosen("b"));
  expect(nextDraft(before, { kind: "photoRefused", photoId: "a", refusal })).toBe(before);
});

test("a file that is no picture keeps the photo that is there", () => {
  const draft = play(chosen("a"), { kind: "fileRefused", problem: "notPicture" });
  expect(draft.work?.photo.id).toBe("a");
  expect(draft.trouble).toEqual({ kind: "intake", problem: "notPicture" });
});

test("a chip pressed again is let go; blank words are no instruction", () => {
  const on = play({ kind: "optionChosen", group: "hair", choice: "short-bob" });
  expect(hasInstruction(on, SERVICE)).toBe(true);
  const off = nextDraft(on, { kind: "optionChosen", group: "hair", choice: null });
  expect(off.options).toEqual({});
  const blank = nextDraft(off, { kind: "promptTyped", prompt: "  \n" });
  expect(hasInstruction(blank, SERVICE)).toBe(false);
});

test("the job's input names only what was chosen", () => {
  const assets = { imageAssetId: "i", extraImageAssetIds: [], maskAssetId: null };
  expect(jobInput(EMPTY_DRAFT, assets)).toEqual({ imageAssetId: "i" });
  const settings = {
    options: { hair: "short-bob" },
    prompt: "สั้น",
    mode: "fast",
    ratio: "4:5",
    params: { denoise: 0.5 },
  };
  const all = { imageAssetId: "i", extraImageAssetIds: ["j", "k"], maskAssetId: "m" };
  expect(jobInput(settings, all)).toEqual({ ...all, ...settings });
});

describe("further pictures", () => {
  const added = (id: string): DraftEvent => ({ kind: "extraAdded", photo: photo(id), max: 2 });
  const ids = (draft: ReturnType<typeof play>) => draft.extras.map(({ id }) => id);

  test("stand in the order they came, and no more than the service takes", () => {
    expect(ids(play(added("b"), added("c"), added("d")))).toEqual(["b", "c"]);
  });

  test("close the gap when one is taken away", () => {
    const draft = play(added("b"), added("c"), { kind: "extraRemoved", photoId: "b" });
    expect(ids(draft)).toEqual(["c"]);
  });

  test("that the server refuses go, and that is said until it is read", () => {
    const trouble = { kind: "refused", refusal } as const;
    const draft = play(added("b"), { kind: "extraRefused", photoId: "b", trouble });
    expect(ids(draft)).toEqual([]);
    expect(draft.extraTrouble).toEqual(trouble);
    expect(nextDraft(draft, { kind: "extraTroubleRead" }).extraTrouble).toBeNull();
  });

  test("come back with the draft, and are forgotten with the last job that shows them", async () => {
    const kv = memoryStore();
    const store = createDraftStore(kv, () => 1);
    const sent = { ...kept("a"), extras: [photo("b"), photo("c")] };
    await store.save({ store: "jobs", jobId: "j" }, sent);
    await store.save({ store: "jobs", jobId: "k" }, { ...kept("a"), extras: [photo("c")] });
    expect(await store.load({ store: "jobs", jobId: "j" })).toEqual(sent);
    await store.forgetJob("j");
    expect((await kv.keys("photos")).toSorted()).toEqual(["a", "c"]);
    await store.forgetJob("k");
    expect(await kv.keys("photos")).toEqual([]);
  });

  test("stay for a draft that went on with another photo", async () => {
    const kv = memoryStore();
    const store = createDraftStore(kv, () => 1);
    await store.save({ store: "jobs", jobId: "j" }, { ...kept("a"), extras: [photo("b")] });
    await store.savePhoto(photo("x"));
    await store.save({ store: "drafts", serviceId: "s" }, { ...kept("x"), extras: [photo("b")] });
    await store.forgetJob("j");
    expect((await kv.keys("photos")).toSorted()).toEqual(["b", "x"]);
  });
});

test("a draft kept by an earlier release reads as one without ratio, numbers and further pictures", async () => {
  const kv = memoryStore();
  const store = createDraftStore(kv, () => 1);
  await store.savePhoto(photo("a"));
  const { options, prompt, mode, history } = kept("a");
  const old = { version: 1, photoId: "a", savedAtMs: 1, options, prompt, mode, history };
  await kv.put("drafts", "s", old);
  expect(await store.load({ store: "drafts", serviceId: "s" })).toEqual(kept("a"));
});

describe("a photo taken to another service", () => {
  test("brings its mask, and finds the words that were there", () => {
    const own = { ...kept("b"), prompt: "ของเดิม", mode: null };
    const painted = { ops: [{ kind: "invert" }], head: 1 } as const;
    const carried = carriedDraft({ ...kept("a"), history: painted }, own);
    expect(carried).toMatchObject({ prompt: "ของเดิม", mode: null, history: painted });
    expect(carried.photo?.id).toBe("a");
  });

  test("keeps the mask that was painted on it there", () => {
    const painted = { ops: [{ kind: "invert" }], head: 1 } as const;
    const carried = carriedDraft(kept("a"), { ...kept("a"), history: painted });
    expect(carried.history).toEqual(painted);
  });

  test("opens with no words where nothing was begun", () => {
    expect(carriedDraft(kept("a"), null)).toMatchObject({ ...EMPTY_SETTINGS, extras: [] });
  });
});

test("another frame alone is something to do and needs no painting; words besides it do", () => {
  const framed = { ...EMPTY_SETTINGS, ratio: "4:5" };
  expect(hasInstruction(framed, SERVICE)).toBe(true);
  expect(needsSelection(framed, SERVICE)).toBe(false);
  expect(needsSelection({ ...framed, prompt: "ฟ้าใส" }, SERVICE)).toBe(true);
  expect(needsSelection(EMPTY_SETTINGS, SERVICE)).toBe(true);
});

test("a service for whole pictures needs neither words nor painting", () => {
  expect(hasInstruction(EMPTY_SETTINGS, { mask: "none" })).toBe(true);
  expect(needsSelection({ ...EMPTY_SETTINGS, prompt: "คมชัด" }, { mask: "none" })).toBe(false);
});

test("a draft comes back as it was kept, with its photo and its mask", async () => {
  const store = createDraftStore(memoryStore(), () => 1);
  await store.savePhoto(photo("a"));
  await store.save({ store: "drafts", serviceId: "s" }, kept("a"));
  expect(await store.load({ store: "drafts", serviceId: "s" })).toEqual(kept("a"));
  expect(await store.load({ store: "drafts", serviceId: "other" })).toBeNull();
});

test("a draft whose photo is gone keeps the words but not a mask of nothing", async () => {
  const store = createDraftStore(memoryStore(), () => 1);
  await store.save({ store: "drafts", serviceId: "s" }, kept("lost"));
  expect(await store.load({ store: "drafts", serviceId: "s" })).toMatchObject({
    photo: null,
    history: { head: 0 },
    prompt: "สวย",
  });
});

test("only the twenty latest sent jobs keep their photo in the browser", async () => {
  const kv = memoryStore();
  let nowMs = 0;
  const store = createDraftStore(kv, () => nowMs);
  for (let index = 0; index < 23; index += 1) {
    nowMs += 25 * HOUR_MS;
    await store.savePhoto(photo(`p${index}`));
    await store.save({ store: "jobs", jobId: `j${index}` }, kept(`p${index}`));
  }
  expect(await kv.keys("jobs")).toHaveLength(20);
  expect(await kv.keys("photos")).toHaveLength(20);
  expect(await store.load({ store: "jobs", jobId: "j0" })).toBeNull();
  expect((await store.load({ store: "jobs", jobId: "j22" }))?.photo?.id).toBe("p22");
});

test("a photo less than a day old stays, because another tab may hold it in memory only", async () => {
  const kv = memoryStore();
  let nowMs = 0;
  const store = createDraftStore(kv, () => nowMs);
  await store.savePhoto(photo("other-tab"));
  nowMs = 23 * HOUR_MS;
  await store.save({ store: "jobs", jobId: "j" }, kept("a"));
  expect(await kv.keys("photos")).toContain("other-tab");
  nowMs = 25 * HOUR_MS;
  await store.save({ store: "jobs", jobId: "k" }, kept("a"));
  expect(await kv.keys("photos")).toEqual(["a"]);
});

test("a sent job puts its photo back when another tab has dropped it", async () => {
  const store = createDraftStore(memoryStore(), () => 1);
  await store.save({ store: "jobs", jobId: "j" }, kept("a"));
  expect((await store.load({ store: "jobs", jobId: "j" }))?.photo?.id).toBe("a");
});

describe("a deleted job", () => {
  const twoPlaces = async () => {
    const kv = memoryStore();
    const store = createDraftStore(kv, () => 1);
    await store.save({ store: "jobs", jobId: "j" }, kept("a"));
    await store.saveAsset("a", asset);
    return { kv, store };
  };

  test("takes its photo along, also out of the draft it was sent from", async () => {
    const { kv, store } = await twoPlaces();
    await store.save({ store: "drafts", serviceId: "s" }, kept("a"));
    await store.forgetJob("j");
    for (const name of ["jobs", "photos", "assets"]) expect(await kv.keys(name)).toEqual([]);
    expect(await store.load({ store: "drafts", serviceId: "s" })).toMatchObject({
      photo: null,
      history: { head: 0 },
      prompt: "สวย",
    });
  });

  test("leaves a photo that another job was made from", async () => {
    const { store } = await twoPlaces();
    await store.save({ store: "jobs", jobId: "k" }, kept("a"));
    await store.forgetJob("j");
    expect(await store.load({ store: "jobs", jobId: "j" })).toBeNull();
    expect((await store.load({ store: "jobs", jobId: "k" }))?.photo?.id).toBe("a");
    expect(await store.loadAsset("a")).toEqual(asset);
  });

  test("leaves a draft that was painted on since", async () => {
    const { store } = await twoPlaces();
    const painted = { ...kept("a"), history: { ops: [{ kind: "invert" }], head: 1 } } as const;
    await store.save({ store: "drafts", serviceId: "s" }, painted);
    await store.forgetJob("j");
    expect((await store.load({ store: "drafts", serviceId: "s" }))?.photo?.id).toBe("a");
  });

  test("that this browser never sent changes nothing", async () => {
    const { kv, store } = await twoPlaces();
    await store.forgetJob("unknown");
    expect(await kv.keys("photos")).toEqual(["a"]);
  });
});

test("choices and a mode the service has no more are dropped from a kept draft", () => {
  const gone = { ...kept("a"), options: { light: "golden-hour", hair: "bob" }, mode: "turbo" };
  expect(fittingDraft(gone, SERVICE)).toMatchObject({
    options: { light: "golden-hour" },
    mode: null,
    prompt: "สวย",
  });
  const stale = { ...kept("a"), options: { light: "no-such-light" } };
  expect(fittingDraft(stale, SERVICE)).toMatchObject({ options: {}, mode: "quality" });
});

test("a ratio, numbers and pictures the service does not take are dropped from a kept draft", () => {
  const gone = {
    ...kept("a"),
    ratio: "21:9",
    params: { denoise: 3, blur: 1 },
    extras: [photo("b"), photo("c")],
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

test("of several files only the first is used, and that is said until the next photo", () => {
  const many = { ...chosen("a"), isFirstOfMany: true };
  expect(play(many).trouble).toEqual({ kind: "manyFiles" });
  expect(play(many, chosen("b")).trouble).toBeNull();
});

test("drafts are the same by what they ask for, not by what was undone", () => {
  const one = kept("a");
  const undone: KeptDraft = {
    ...one,
    history: { ops: [{ kind: "fillAll" }, { kind: "invert" }], head: 1 },
  };
  expect(isSameDraft(one, undone)).toBe(true);
  expect(isSameDraft(one, { ...undone, history: { ...undone.history, head: 2 } })).toBe(false);
  expect(isSameDraft(one, kept("b"))).toBe(false);
  expect(isSameDraft(one, { ...one, options: {} })).toBe(false);
});

const READY: Readiness = {
  hasPhoto: true,
  selection: "part",
  needsSelection: true,
  hasInstruction: true,
  isPromptTooLong: false,
  isQuoteRefused: false,
  isUploaded: true,
  shortBy: 0,
};
test.each<[Partial<Readiness>, string | null]>([
  [{}, null],
  [{ hasPhoto: false, selection: "none" }, "photo"],
  [{ selection: "none" }, "selection"],
  [{ selection: "none", needsSelection: false }, null],
  [{ hasInstruction: false }, "instruction"],
  [{ isPromptTooLong: true, isQuoteRefused: true }, "promptTooLong"],
  [{ isQuoteRefused: true }, "quoteRefused"],
  [{ shortBy: 2 }, "credits"],
  [{ isUploaded: false }, "upload"],
  [{ selection: "whole" }, null],
])("with %j the next missing step is %s", (change, step) => {
  expect(missingStep({ ...READY, ...change })).toBe(step);
});
