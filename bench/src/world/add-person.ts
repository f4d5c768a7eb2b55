import { createHash, randomUUID } from "node:crypto";
import type { ServiceContext } from "@ob/api";
import { assets, ownerCreateV1 } from "@ob/db";

/** Somebody with credits and one picture. */
export interface Person {
  readonly ownerId: string;
  readonly imageAssetId: string;
}

/** Enough for every job of a run. */
const CREDITS = 1_000_000;

/** Adds a person straight to the database, as one who uploaded a picture earlier. */
export async function addPerson(ctx: ServiceContext): Promise<Person> {
  const ownerId = randomUUID();
  const imageAssetId = randomUUID();
  const now = ctx.now();
  await ownerCreateV1(ctx.sql, {
    ownerId,
    kind: "guest",
    welcomeCredits: CREDITS,
    address: null,
    grantsPerHour: 0,
    transferId: randomUUID(),
    now,
  });
  const bytes = Buffer.from(`picture of ${ownerId}`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const objectKey = `assets/${imageAssetId}/${sha256}.png`;
  await ctx.store.put(objectKey, bytes, "image/png");
  await ctx.db.insert(assets).values({
    id: imageAssetId,
    ownerId,
    kind: "image",
    width: 1_024,
    height: 768,
    contentType: "image/png",
    bytes: bytes.byteLength,
    sha256,
    objectKey,
    previewKey: `previews/${imageAssetId}/${sha256}.webp`,
    createdAt: now,
  });
  return { ownerId, imageAssetId };
}

/** Adds many, a few at a time. */
export async function addPeople(ctx: ServiceContext, count: number): Promise<Person[]> {
  const people: Person[] = [];
  while (people.length < count) {
    const batch = Array.from({ length: Math.min(16, count - people.length) }, () => addPerson(ctx));
    people.push(...(await Promise.all(batch)));
  }
  return people;
}
