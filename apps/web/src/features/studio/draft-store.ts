import type { Asset } from "@ob/api";
import type { KvStore } from "../../shared/lib/kv-store.ts";
import { EMPTY_HISTORY, maskKey, visibleOps, type MaskHistory } from "./painter/mask-history.ts";
import type { KeptDraft } from "./draft.ts";
import type { Photo } from "./read-photo.ts";

const MAX_KEPT_JOBS = 20;
/** A photo this young may be in the hands of another tab that has not kept its draft yet. */
const KEEP_PHOTO_MS = 24 * 3_600_000;

/** A draft without its files. Ratio, params and extras are missing in records of earlier releases. */
interface DraftRecord
  extends
    Omit<KeptDraft, "photo" | "extras" | "ratio" | "params">,
    Partial<Pick<KeptDraft, "ratio" | "params">> {
  readonly version: 1;
  readonly photoId: string | null;
  readonly extraIds?: readonly string[];
  readonly savedAtMs: number;
}

/** A photo as it is kept. */
interface PhotoRecord extends Photo {
  readonly savedAtMs: number;
}

/** Files are kept once; drafts and sent jobs are small records that name a photo. */
export interface DraftStore {
  savePhoto(photo: Photo): Promise<void>;
  /** The server's copy of a photo, so that a reload need not send it again; null forgets it. */
  saveAsset(photoId: string, asset: Asset | null): Promise<void>;
  loadAsset(photoId: string): Promise<Asset | null>;
  /** @param place a service's draft, or the job it was sent as. */
  save(place: DraftPlace, draft: KeptDraft): Promise<void>;
  load(place: DraftPlace): Promise<KeptDraft | null>;
  /** Forgets a deleted job, and its photo unless another job or a draft painted on since has it. */
  forgetJob(jobId: string): Promise<void>;
}

export type DraftPlace =
  | { readonly store: "drafts"; readonly serviceId: string }
  | { readonly store: "jobs"; readonly jobId: string };

/** Keeps drafts in this browser; the last twenty sent jobs keep their photo for comparing and editing again. */
export function createDraftStore(kv: KvStore, nowMs: () => number): DraftStore {
  const savePhoto = (photo: Photo) => {
    const record: PhotoRecord = { ...photo, savedAtMs: nowMs() };
    return kv.put("photos", photo.id, record);
  };
  return {
    savePhoto,
    saveAsset: (photoId, asset) =>
      asset === null ? kv.delete("assets", photoId) : kv.put("assets", photoId, asset),
    loadAsset: async (photoId) => {
      const kept = await kv.get("assets", photoId);
      return isAsset(kept) ? kept : null;
    },
    save: async (place, { photo, extras, ...rest }) => {
      const record: DraftRecord = {
        ...rest,
        version: 1,
        photoId: photo?.id ?? null,
        extraIds: extras.map(({ id }) => id),
        savedAtMs: nowMs(),
      };
      await kv.put(place.store, keyOf(place), record);
      if (place.store !== "jobs") return;
      if (photo !== null) await savePhoto(photo);
      for (const extra of extras) await savePhoto(extra);
      await forgetOldJobs(kv, nowMs());
    },
    load: async (place) => {
      const record = readRecord(await kv.get(place.store, keyOf(place)));
      if (record === null) return null;
      const { options, prompt, mode, ratio = null, params = {}, photoId, extraIds = [] } = record;
      const photo = photoId === null ? null : readPhotoRecord(await kv.get("photos", photoId));
      const history = photo === null ? EMPTY_HISTORY : record.history;
      const found = await Promise.all(extraIds.map((id) => kv.get("photos", id)));
      const extras = found.map(readPhotoRecord).filter((extra) => extra !== null);
      return { photo, history, extras, options, prompt, mode, ratio, params };
    },
    forgetJob: (jobId) => forgetJob(kv, jobId),
  };
}

async function forgetJob(kv: KvStore, jobId: string): Promise<void> {
  const sent = readRecord(await kv.get("jobs", jobId));
  await kv.delete("jobs", jobId);
  if (sent === null) return;
  const jobs = await readAll(kv, "jobs");
  const ofOthers = new Set(jobs.flatMap(({ record }) => photosOf(record)));
  const gone = new Set(photosOf(sent).filter((id) => !ofOthers.has(id)));
  const drafts = await readAll(kv, "drafts");
  for (const { record } of drafts) {
    const wentOn = record.photoId !== sent.photoId || !isSameMask(record.history, sent.history);
    if (wentOn) for (const id of photosOf(record)) gone.delete(id);
  }
  for (const { key, record } of drafts) {
    if (photosOf(record).some((id) => gone.has(id))) {
      await kv.put("drafts", key, withoutPhotos(record, gone));
    }
  }
  for (const id of gone) await forgetPhoto(kv, id);
}

function photosOf({ photoId, extraIds = [] }: DraftRecord): string[] {
  return photoId === null ? [...extraIds] : [photoId, ...extraIds];
}

function withoutPhotos(record: DraftRecord, gone: ReadonlySet<string>): DraftRecord {
  const { photoId, extraIds = [] } = record;
  const kept = { ...record, extraIds: extraIds.filter((id) => !gone.has(id)) };
  const hasPhoto = photoId !== null && !gone.has(photoId);
  return hasPhoto ? kept : { ...kept, photoId: null, history: EMPTY_HISTORY };
}

function isSameMask(one: MaskHistory, other: MaskHistory): boolean {
  return maskKey(visibleOps(one)) === maskKey(visibleOps(other));
}

async function forgetPhoto(kv: KvStore, photoId: string): Promise<void> {
  await kv.delete("photos", photoId);
  await kv.delete("assets", photoId);
}

function keyOf(place: DraftPlace): string {
  return place.store === "drafts" ? place.serviceId : place.jobId;
}

async function forgetOldJobs(kv: KvStore, nowMs: number): Promise<void> {
  const jobs = await readAll(kv, "jobs");
  jobs.sort((a, b) => b.record.savedAtMs - a.record.savedAtMs);
  for (const { key } of jobs.slice(MAX_KEPT_JOBS)) await kv.delete("jobs", key);
  const drafts = await readAll(kv, "drafts");
  const used = new Set(
    [...jobs.slice(0, MAX_KEPT_JOBS), ...drafts].flatMap(({ record }) => photosOf(record)),
  );
  for (const key of await kv.keys("photos")) {
    if (used.has(key)) continue;
    const record = await kv.get("photos", key);
    if (isPhoto(record) && nowMs - record.savedAtMs < KEEP_PHOTO_MS) continue;
    await forgetPhoto(kv, key);
  }
}

async function readAll(
  kv: KvStore,
  store: "jobs" | "drafts",
): Promise<{ key: string; record: DraftRecord }[]> {
  const found: { key: string; record: DraftRecord }[] = [];
  for (const key of await kv.keys(store)) {
    const record = readRecord(await kv.get(store, key));
    if (record !== null) found.push({ key, record });
  }
  return found;
}

function readRecord(value: unknown): DraftRecord | null {
  return isOurs(value) ? value : null;
}

/** Safe: only this file writes these stores, always with this version. */
function isOurs(value: unknown): value is DraftRecord {
  return typeof value === "object" && value !== null && Reflect.get(value, "version") === 1;
}

/** Safe: `photos` holds what savePhoto wrote; a blob the browser dropped reads as no photo. */
function isPhoto(value: unknown): value is PhotoRecord {
  return typeof value === "object" && value !== null && Reflect.get(value, "blob") instanceof Blob;
}

/** Safe: `assets` holds what saveAsset wrote. */
function isAsset(value: unknown): value is Asset {
  return typeof value === "object" && value !== null && "assetId" in value;
}

function readPhotoRecord(value: unknown): Photo | null {
  if (!isPhoto(value)) return null;
  const { savedAtMs: _, ...photo } = value;
  return photo;
}
