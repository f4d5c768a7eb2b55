import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/**
 * Whoever owns pictures, jobs and credits. Auth users point here (`users.ownerId`), never the
 * other way round, so that signing out, merging or deleting a login touches no money and no job.
 * The row lock of an owner orders everything that happens to him (`seq`).
 */
export const owners = pgTable(
  "owners",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: ["guest", "member"] }).notNull(),
    /** The last event number given out; 0 = none yet. Written under this row's lock only. */
    lastSeq: bigint("last_seq", { mode: "number" })
      .notNull()
      .default(sql`0`),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    check("owners_kind_known", sql`${t.kind} in ('guest', 'member')`),
    check("owners_last_seq_not_negative", sql`${t.lastSeq} >= 0`),
  ],
);

/** How many first grants an address was given in an hour; the address is a network key, not a person. */
export const guestGrants = pgTable(
  "guest_grants",
  {
    address: text("address").notNull(),
    hourStart: moment("hour_start").notNull(),
    granted: integer("granted").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.address, t.hourStart] }),
    check("guest_grants_not_negative", sql`${t.granted} >= 0`),
  ],
);

/** What is counted; `sign-ins` per network, under an id made of its address. */
export const RATE_BUCKETS = ["creates", "uploads", "finishes", "sign-ins", "rewrites"] as const;
export type RateBucket = (typeof RATE_BUCKETS)[number];

/** Calls counted per owner, bucket and minute; shared by all replicas. */
export const rateWindows = pgTable(
  "rate_windows",
  {
    ownerId: uuid("owner_id").notNull(),
    bucket: text("bucket", { enum: RATE_BUCKETS }).notNull(),
    windowStart: moment("window_start").notNull(),
    calls: integer("calls").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.bucket, t.windowStart] }),
    check(
      "rate_windows_bucket_known",
      sql`${t.bucket} in ('creates', 'uploads', 'finishes', 'sign-ins', 'rewrites')`,
    ),
    check("rate_windows_calls_positive", sql`${t.calls} > 0`),
  ],
);

/** Who watches live: while `until` is ahead, the driver polls this owner's attempts fast. */
export const watches = pgTable("watches", {
  ownerId: uuid("owner_id").primaryKey(),
  until: moment("until").notNull(),
});
