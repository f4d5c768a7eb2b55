import { objectErasures, uploads } from "@ob/db";
import { type Imaging, ImageError } from "@ob/imaging";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { setup, type World } from "../../testing/index.ts";
import type { CallerContext } from "../context.ts";
import { createUpload } from "./create-upload.ts";
import { findOpenUpload } from "./find-open-upload.ts";
import { finishUpload } from "./finish-upload.ts";
import { UPLOAD_LIMITS } from "./limits.ts";
import { markStored } from "./mark-stored.ts";

/** A world whose decoder counts, holds, and does as told. */
async function decoding(decode?: () => Promise<void>) {
  const world = await setup();
  const counts = { decodes: 0, reads: 0, inMemory: 0, mostInMemory: 0 };
  const imaging: Imaging = {
    ...world.services.imaging,
    async decodeUpload(bytes) {
      counts.decodes += 1;
      await decode?.();
      counts.inMemory -= 1;
      return { png: bytes, preview: bytes, width: 8, height: 8, mask: null };
    },
  };
  const store = {
    ...world.store,
    get: (key: string) => {
      counts.reads += 1;
      counts.inMemory += 1;
      counts.mostInMemory = Math.max(counts.mostInMemory, counts.inMemory);
      return world.store.get(key);
    },
  };
  const caller = { ...world.caller, services: { ...world.services, imaging, store } };
  return { world, caller, counts };
}

async function put(caller: CallerContext, content: string): Promise<string> {
  const bytes = Buffer.from(content);
  const declared = { kind: "image", contentType: "image/png", bytes: bytes.length } as const;
  const { uploadId } = await createUpload(caller, declared);
  const row = await rowOf(caller, uploadId);
  await caller.services.store.put(row.objectKey, bytes, "image/png");
  return uploadId;
}

async function rowOf(caller: CallerContext, uploadId: string) {
  const row = await caller.services.db.query.uploads.findFirst({ where: eq(uploads.id, uploadId) });
  if (row === undefined) throw new Error("no such upload");
  return row;
}

const countErasures = async (world: World) => (await world.db.select().from(objectErasures)).length;

test("an upload that many finish at once is read and decoded once, and leaves no orphan", async () => {
  const { world, caller, counts } = await decoding();
  const uploadId = await put(caller, "picture");
  const answers = Array.from({ length: 12 }, () => finishUpload(caller, { uploadId }));
  const ids = new Set((await Promise.all(answers)).map(({ assetId }) => assetId));
  expect(ids.size).toBe(1);
  expect(counts).toMatchObject({ decodes: 1, reads: 1 });
  expect(await countErasures(world)).toBe(0);
});

test("a picture that was refused is not decoded again, and stays refused", async () => {
  const { caller, counts } = await decoding(() =>
    Promise.reject(new ImageError("IMAGE_UNREADABLE", "noise")),
  );
  const uploadId = await put(caller, "noise");
  const refusal = { code: "IMAGE_UNREADABLE", field: "uploadId" };
  for (let n = 0; n < 5; n += 1) {
    await expect(finishUpload(caller, { uploadId })).rejects.toMatchObject(refusal);
  }
  expect(counts).toMatchObject({ decodes: 1, reads: 1 });
});

test("a failure of ours refuses nothing: the next call decodes again", async () => {
  let failures = 1;
  const { caller, counts } = await decoding(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error("out of memory");
  });
  const uploadId = await put(caller, "picture");
  await expect(finishUpload(caller, { uploadId })).rejects.toThrow("out of memory");
  expect(await finishUpload(caller, { uploadId })).toMatchObject({ kind: "image" });
  expect(counts.decodes).toBe(2);
});

test("however many uploads are finished at once, only a few are held in memory", async () => {
  const { caller, counts } = await decoding();
  const ids = [];
  for (let n = 0; n < 15; n += 1) ids.push(await put(caller, `picture ${n}`));
  await Promise.all(ids.map((uploadId) => finishUpload(caller, { uploadId })));
  expect(counts).toMatchObject({ decodes: 15 });
  expect(counts.mostInMemory).toBeLessThanOrEqual(UPLOAD_LIMITS.decodesAtOnce);
});

test("what an owner has decoded is counted per minute; answers that are known are not", async () => {
  const { world, caller, counts } = await decoding();
  const known = await put(caller, "picture");
  await finishUpload(caller, { uploadId: known });
  await world.sql`update rate_windows set calls = ${UPLOAD_LIMITS.finishesPerMinute}
    where bucket = 'finishes'`;
  const next = await put(caller, "another");
  await expect(finishUpload(caller, { uploadId: next })).rejects.toMatchObject({
    code: "RATE_LIMITED",
  });
  expect(await finishUpload(caller, { uploadId: known })).toMatchObject({ kind: "image" });
  expect(counts.decodes).toBe(1);
  world.clock.advance(60_000);
  expect(await finishUpload(caller, { uploadId: next })).toMatchObject({ kind: "image" });
});

test("an upload that was finished takes no PUT any more, also when the first was never marked", async () => {
  const { caller } = await decoding();
  const uploadId = await put(caller, "picture");
  expect(await findOpenUpload(caller.services, uploadId)).not.toBeNull();
  await finishUpload(caller, { uploadId });
  expect(await findOpenUpload(caller.services, uploadId)).toBeNull();
});

test("bytes that arrive after their upload was finished do not stay", async () => {
  const { world, caller } = await decoding();
  const uploadId = await put(caller, "picture");
  await finishUpload(caller, { uploadId });
  const { objectKey } = await rowOf(caller, uploadId);
  await world.store.put(objectKey, Buffer.from("late"), "image/png");
  expect(await markStored(caller.services, { uploadId, bytes: 4 })).toBe(false);
  expect(world.store.objects.has(objectKey)).toBe(false);
});

test("what came into a bucket is found by asking it, and the arrival is noted", async () => {
  const { world, caller } = await decoding();
  const declared = { kind: "image", contentType: "image/png", bytes: 7 } as const;
  const { uploadId } = await createUpload(caller, declared);
  const early = finishUpload(caller, { uploadId });
  await expect(early).rejects.toMatchObject({ code: "UPLOAD_NOT_FOUND" });
  await world.store.put((await rowOf(caller, uploadId)).objectKey, Buffer.from("picture"), "");
  await finishUpload(caller, { uploadId });
  expect(await rowOf(caller, uploadId)).toMatchObject({
    storedAt: world.clock.now(),
    storedBytes: 7,
  });
});

test("more bytes than were declared are thrown away unread, and the upload stays refused", async () => {
  const { world, caller, counts } = await decoding();
  const declared = { kind: "image", contentType: "image/png", bytes: 6 } as const;
  const { uploadId } = await createUpload(caller, declared);
  const { objectKey } = await rowOf(caller, uploadId);
  await world.store.put(objectKey, Buffer.from("picture"), "image/png");
  for (let time = 0; time < 2; time += 1) {
    await expect(finishUpload(caller, { uploadId })).rejects.toMatchObject({
      code: "FILE_TOO_LARGE",
    });
  }
  expect(counts).toMatchObject({ reads: 0, decodes: 0 });
  expect(world.store.objects.has(objectKey)).toBe(false);
});
