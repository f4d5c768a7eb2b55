import { sql } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** Of no kind that is swept; who wants to hand a bucket over deletes it. */
export const BUCKET_OWNER_KEY = `studio/${"0".repeat(32)}`;

/**
 * Tells whether the bucket is this database's to sweep, and takes it when it is nobody's yet: to
 * another database (of a second studio, of a test beside the real one, or a copy of ours) every
 * object of ours is one that no row names. False is logged as an error.
 */
export async function claimBucket(ctx: ServiceContext): Promise<boolean> {
  const ours = await readDatabaseId(ctx);
  const theirs = (await readOwner(ctx)) ?? (await takeBucket(ctx, ours));
  if (theirs === ours) return true;
  ctx.log.error("object.bucket-of-another", { ours, theirs });
  return false;
}

/**
 * Identifies this database among all of the world: kept by replication and failover, and, unlike
 * anything a row could say, not copied by a dump.
 */
async function readDatabaseId({ db }: ServiceContext): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`
    select c.system_identifier || '/' || d.oid as id
    from pg_control_system() c, pg_database d where d.datname = current_database()`);
  if (row === undefined) throw new Error("the database does not tell who it is");
  return row.id;
}

async function readOwner({ store }: ServiceContext): Promise<string | null> {
  const bytes = await store.get(BUCKET_OWNER_KEY);
  return bytes === null ? null : Buffer.from(bytes).toString("utf8");
}

/** @returns whose it is: of two who take it at once the store lets one write. */
async function takeBucket(ctx: ServiceContext, ours: string): Promise<string> {
  try {
    await ctx.store.put(BUCKET_OWNER_KEY, Buffer.from(ours, "utf8"), "text/plain");
    return ours;
  } catch (thrown) {
    const theirs = await readOwner(ctx);
    if (theirs === null) throw thrown;
    return theirs;
  }
}
