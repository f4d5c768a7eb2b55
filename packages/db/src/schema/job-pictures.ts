import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { jobs } from "./jobs.ts";
import { assets } from "./uploads.ts";

/** The pictures of a job besides the one being edited; written with the job, never changed. */
export const jobPictures = pgTable(
  "job_pictures",
  {
    jobId: uuid("job_id").notNull(),
    /** As the instruction counts them: "Picture 2" is the first of these. */
    n: integer("n").notNull(),
    assetId: uuid("asset_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.n] }),
    foreignKey({
      name: "job_pictures_job_of_owner",
      columns: [t.jobId, t.ownerId],
      foreignColumns: [jobs.id, jobs.ownerId],
    }).onDelete("restrict"),
    foreignKey({
      name: "job_pictures_asset_of_owner",
      columns: [t.assetId, t.ownerId],
      foreignColumns: [assets.id, assets.ownerId],
    }).onDelete("restrict"),
    check("job_pictures_after_first", sql`${t.n} >= 2`),
    // Whether another job still shows a picture.
    index("job_pictures_asset_idx").on(t.assetId),
  ],
);
