import { assets, objectErasures, owners, results, uploads } from "@ob/db";
import { and, inArray, isNull, min, or } from "drizzle-orm";
import type { ListedObject, ServiceContext } from "../context.ts";
import { claimBucket } from "./claim-bucket.ts";

/** An object no row names is left alone this long: its row may still be on the way. */
const ORPHAN_AGE_MS = 24 * 3_600_000;
const KINDS = ["raw", "assets", "previews", "results"] as const;
/** Keys are random: each pair of hex digits begins about one in 256 of them. */
const SLICES = 256;
const MINUTE_MS = 60_000;
const PAGE = 500;

/** So many nobody loses one by one: then it is the database that has lost its rows. */
const SUSPECT = { least: 20, share: 0.2 } as const;

/**
 * Plans the erasure of objects that no row names and that are older than a day: what a crash, a
 * restored backup or an upload nobody finished left behind. One slice of the keys a minute, by the
 * clock, so that replicas need to remember nothing and all keys come by within 4 h 16 min.
 *
 * Nothing is planned in a bucket that another database has taken, in a slice of which more than a
 * fifth is unnamed, nor of what is older than this database.
 * @returns how many were found
 */
export async function sweepOrphans(
  ctx: ServiceContext,
  o: {
    /** At most this many of 500 objects per kind. */
    pages: number;
    now: Date;
  },
): Promise<number> {
  if (!(await claimBucket(ctx))) return 0;
  const slice = Math.floor(o.now.getTime() / MINUTE_MS) % SLICES;
  const hex = slice.toString(16).padStart(2, "0");
  const unnamed: ListedObject[] = [];
  for (const kind of KINDS) unnamed.push(...(await unnamedOfSlice(ctx, `${kind}/${hex}`, o)));
  const orphans = unnamed.length === 0 ? [] : await ofOurTime(ctx, unnamed);
  if (orphans.length === 0) return 0;
  ctx.log.warn("object.orphans", { count: orphans.length, first: orphans[0] });
  for (let from = 0; from < orphans.length; from += PAGE) {
    const page = orphans.slice(from, from + PAGE);
    await ctx.db
      .insert(objectErasures)
      .values(page.map((objectKey) => ({ objectKey, dueAt: o.now })))
      .onConflictDoNothing();
  }
  return orphans.length;
}

/** The slice's objects of more than a day that no row names; none when there are too many to be true. */
async function unnamedOfSlice(
  ctx: ServiceContext,
  prefix: string,
  { pages, now }: { pages: number; now: Date },
): Promise<readonly ListedObject[]> {
  const limit = now.getTime() - ORPHAN_AGE_MS;
  const unnamed: ListedObject[] = [];
  let old = 0;
  for await (const listed of pagesOf(ctx, prefix, pages)) {
    const ofAge = listed.filter(({ modifiedAt }) => modifiedAt.getTime() <= limit);
    if (ofAge.length === 0) continue;
    old += ofAge.length;
    const keys = ofAge.map(({ key }) => key);
    const named = await namedOf(ctx, keys);
    unnamed.push(...ofAge.filter(({ key }) => !named.has(key)));
  }
  if (unnamed.length < SUSPECT.least || unnamed.length <= SUSPECT.share * old) return unnamed;
  ctx.log.error("object.too-many-orphans", { prefix, count: unnamed.length, of: old });
  return [];
}

async function* pagesOf(
  ctx: ServiceContext,
  prefix: string,
  pages: number,
): AsyncGenerator<readonly ListedObject[]> {
  let after = "";
  for (let page = 0; page < pages; page += 1) {
    const listed = await ctx.store.list({ prefix, after, limit: PAGE });
    yield listed;
    const last = listed.at(-1);
    if (last === undefined || listed.length < PAGE) return;
    after = last.key;
  }
  // The rest of this slice would never be looked at: an operator has to raise the bound.
  ctx.log.warn("object.slice-too-large", { prefix, looked: pages * PAGE });
}

/**
 * Keys of those objects that are no older than this database: a new or empty one that was pointed at a
 * full bucket by mistake must not empty it.
 */
async function ofOurTime(
  { db, log }: ServiceContext,
  unnamed: readonly ListedObject[],
): Promise<string[]> {
  const [first] = await db.select({ bornAt: min(owners.createdAt) }).from(owners);
  const bornAt = first?.bornAt ?? null;
  const ours = unnamed.filter(({ modifiedAt }) => bornAt !== null && modifiedAt >= bornAt);
  if (ours.length < unnamed.length) {
    log.error("object.older-than-database", { count: unnamed.length - ours.length });
  }
  return ours.map(({ key }) => key);
}

/** Those of `keys` that a row still needs, or whose erasure is planned already. */
async function namedOf({ db }: ServiceContext, keys: readonly string[]): Promise<Set<string>> {
  const ofPictures = (table: typeof assets | typeof results) =>
    db
      .select({ objectKey: table.objectKey, previewKey: table.previewKey })
      .from(table)
      .where(
        and(
          isNull(table.erasedAt),
          or(inArray(table.objectKey, keys), inArray(table.previewKey, keys)),
        ),
      );
  const [pictures, delivered, waiting, planned] = await Promise.all([
    ofPictures(assets),
    ofPictures(results),
    db
      .select({ key: uploads.objectKey })
      .from(uploads)
      // Once it is a picture, whatever lies under the upload's own key was put there again.
      .where(and(isNull(uploads.assetId), inArray(uploads.objectKey, keys))),
    db
      .select({ key: objectErasures.objectKey })
      .from(objectErasures)
      .where(inArray(objectErasures.objectKey, keys)),
  ]);
  return new Set([
    ...[...pictures, ...delivered].flatMap((row) => [row.objectKey, row.previewKey]),
    ...[...waiting, ...planned].map(({ key }) => key),
  ]);
}
