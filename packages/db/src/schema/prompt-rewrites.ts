import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { owners } from "./owners.ts";

/**
 * What a quote showed where a rewriter was asked, so that the job made of it gets the very same
 * words. Kept for a day.
 */
export const promptRewrites = pgTable(
  "prompt_rewrites",
  {
    /** SHA-256 (hex) of owner, service version and canonical input without its seed. */
    key: text("key").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    /** The rewritten instruction; null = the rewriter was asked in vain and the compiled text was shown. */
    promptEn: text("prompt_en"),
    askedAt: moment("asked_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [
    check("prompt_rewrites_expire_later", sql`${t.expiresAt} > ${t.askedAt}`),
    index("prompt_rewrites_age_idx").on(t.expiresAt),
  ],
);
