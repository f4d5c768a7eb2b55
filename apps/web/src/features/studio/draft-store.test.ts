import { describe, expect, test } from "vitest";
import type { Asset } from "@ob/api";
import { memoryStore } from "../../shared/lib/kv-store.ts";
import { aKeptDraft, aPhoto } from "../../testing/a-draft.ts";
import { createDraftStore } from "./draft-store.ts";

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

test("a draft comes back as it was kept, with its photo and its mask", async () => {
  const store = createDraftStore(memoryStore(), () => 1);
  await store.savePhoto(aPhoto("a"));
  await store.save({ store: "drafts", serviceId: "s" }, aKeptDraft("a"));
  expect(await store.load({ store: "drafts", serviceId: "s" })).toEqual(aKeptDraft("a"));
  expect(await store.load({ store: "drafts", serviceId: "other" })).toBeNull();
});

test("a draft whose photo is gone keeps the words but not a mask of nothing", async () => {
  const store = createDraftStore(memoryStore(), () => 1);
  await store.save({ store: "drafts", serviceId: "s" }, aKeptDraft("lost"));
  expect(await store.load({ store: "drafts", serviceId: "s" })).toMatchObject({
    photo: null,
    history: { head: 0 },
    prompt: "สวย",
  });
});

test("a draft kept by an earlier release reads as one without ratio, numbers and further pictures", async () => {
  const kv = memoryStore();
  const store = createDraftStore(kv, () => 1);
  await store.savePhoto(aPhoto("a"));
  const { options, prompt, mode, history } = aKeptDraft("a");
  const old = { version: 1, photoId: "a", savedAtMs: 1, options, prompt, mode, history };
  await kv.put("drafts", "s", old);
  expect(await store.load({ store: "drafts", serviceId: "s" })).toEqual(aKeptDraft("a"));
});

describe("further pictures", () => {
  test("come back with the draft, and are forgotten with the last job that shows them", async () => {
    const kv = memoryStore();
    const store = createDraftStore(kv, () => 1);
    const sent = { ...aKeptDraft("a"), extras: [aPhoto("b"), aPhoto("c")] };
    await store.save({ store: "jobs", jobId: "j" }, sent);
    await store.save({ store: "jobs", jobId: "k" }, { ...aKeptDraft("a"), extras: [aPhoto("c")] });
    expect(await store.load({ store: "jobs", jobId: "j" })).toEqual(sent);
    await store.forgetJob("j");
    expect((await kv.keys("photos")).toSorted()).toEqual(["a", "c"]);
    await store.forgetJob("k");
    expect(await kv.keys("photos")).toEqual([]);
  });

  test("stay for a draft that went on with another photo", async () => {
    const kv = memoryStore();
    const store = createDraftStore(kv, () => 1);
    await store.save({ store: "jobs", jobId: "j" }, { ...aKeptDraft("a"), extras: [aPhoto("b")] });
    await store.savePhoto(aPhoto("x"));
    await store.save(
      { store: "drafts", serviceId: "s" },
      { ...aKeptDraft("x"), extras: [aPhoto("b")] },
    );
    await store.forgetJob("j");
    expect((await kv.keys("photos")).toSorted()).toEqual(["b", "x"]);
  });
});

test("only the twenty latest sent jobs keep their photo in the browser", async () => {
  const kv = memoryStore();
  let nowMs = 0;
  const store = createDraftStore(kv, () => nowMs);
  for (let index = 0; index < 23; index += 1) {
    nowMs += 25 * HOUR_MS;
    await store.savePhoto(aPhoto(`p${index}`));
    await store.save({ store: "jobs", jobId: `j${index}` }, aKeptDraft(`p${index}`));
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
  await store.savePhoto(aPhoto("other-tab"));
  nowMs = 23 * HOUR_MS;
  await store.save({ store: "jobs", jobId: "j" }, aKeptDraft("a"));
  expect(await kv.keys("photos")).toContain("other-tab");
  nowMs = 25 * HOUR_MS;
  await store.save({ store: "jobs", jobId: "k" }, aKeptDraft("a"));
  expect(await kv.keys("photos")).toEqual(["a"]);
});

test("a sent job puts its photo back when another tab has dropped it", async () => {
  const store = createDraftStore(memoryStore(), () => 1);
  await store.save({ store: "jobs", jobId: "j" }, aKeptDraft("a"));
  expect((await store.load({ store: "jobs", jobId: "j" }))?.photo?.id).toBe("a");
});

describe("a deleted job", () => {
  const twoPlaces = async () => {
    const kv = memoryStore();
    const store = createDraftStore(kv, () => 1);
    await store.save({ store: "jobs", jobId: "j" }, aKeptDraft("a"));
    await store.saveAsset("a", asset);
    return { kv, store };
  };

  test("takes its photo along, also out of the draft it was sent from", async () => {
    const { kv, store } = await twoPlaces();
    await store.save({ store: "drafts", serviceId: "s" }, aKeptDraft("a"));
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
    await store.save({ store: "jobs", jobId: "k" }, aKeptDraft("a"));
    await store.forgetJob("j");
    expect(await store.load({ store: "jobs", jobId: "j" })).toBeNull();
    expect((await store.load({ store: "jobs", jobId: "k" }))?.photo?.id).toBe("a");
    expect(await store.loadAsset("a")).toEqual(asset);
  });

  test("leaves a draft that was painted on since", async () => {
    const { store } = await twoPlaces();
    const painted = {
      ...aKeptDraft("a"),
      history: { ops: [{ kind: "invert" }], head: 1 },
    } as const;
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
