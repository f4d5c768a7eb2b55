import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { owners } from "./owners.ts";

/** A rectangle in pixels. */
export interface PixelBounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the bytes of an upload may be refused for. */
export const UPLOAD_REFUSALS = [
  "IMAGE_UNREADABLE",
  "IMAGE_TYPE_UNSUPPORTED",
  "IMAGE_TOO_MANY_PIXELS",
  "FILE_TOO_LARGE",
] as const;

/** A promise of bytes: created, then PUT once, then finished into an asset or refused. */
export const uploads = pgTable(
  "uploads",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    kind: text("kind", { enum: ["image", "mask"] }).notNull(),
    contentType: text("content_type").notNull(),
    declaredBytes: bigint("declared_bytes", { mode: "number" }).notNull(),
    /** Where the raw bytes wait until `finish`; erased afterwards. */
    objectKey: text("object_key").notNull().unique(),
    /** When the one successful PUT ended; null = nothing stored yet. */
    storedAt: moment("stored_at"),
    storedBytes: bigint("stored_bytes", { mode: "number" }),
    /** The asset it became; null until finished. */
    assetId: uuid("asset_id").references(() => assets.id, { onDelete: "restrict" }),
    /** Why its bytes can be no picture of ours; null = nobody has looked, or they can. */
    refusal: text("refusal", { enum: UPLOAD_REFUSALS }),
    expiresAt: moment("expires_at").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    check("uploads_kind_known", sql`${t.kind} in ('image', 'mask')`),
    check("uploads_bytes_positive", sql`${t.declaredBytes} > 0`),
    check(
      "uploads_refusal_known",
      sql`${t.refusal} in (${sql.raw(UPLOAD_REFUSALS.map((code) => `'${code}'`).join(", "))})`,
    ),
    check("uploads_refused_or_asset", sql`${t.refusal} is null or ${t.assetId} is null`),
    index("uploads_open_idx")
      .on(t.expiresAt)
      .where(sql`asset_id is null`),
  ],
);

/** A picture or mask we decoded, upright and stripped, stored losslessly. */
export const assets = pgTable(
  "assets",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    kind: text("kind", { enum: ["image", "mask"] }).notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    contentType: text("content_type").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    sha256: text("sha256").notNull(),
    objectKey: text("object_key").notNull().unique(),
    previewKey: text("preview_key").notNull().unique(),
    /** What is painted (value above 0), in the mask's own pixels; null = an image, or an empty mask. */
    maskBounds: jsonb("mask_bounds").$type<PixelBounds>(),
    /** Share of painted pixels, 0 to 1; null = an image. */
    maskCoverage: real("mask_coverage"),
    createdAt: moment("created_at").notNull(),
    /**
     * Erased then unless a job names it; null = one was seen to, and erasing the last such job erases
     * it too.
     */
    claimBy: moment("claim_by"),
    /** When the picture was erased; the row stays for the history. */
    erasedAt: moment("erased_at"),
  },
  (t) => [
    // Lets a job point at (asset, owner) together, so that nobody's job can use another's picture.
    unique("assets_id_owner").on(t.id, t.ownerId),
    check("assets_kind_known", sql`${t.kind} in ('image', 'mask')`),
    check("assets_size_positive", sql`${t.width} > 0 and ${t.height} > 0 and ${t.bytes} > 0`),
    index("assets_owner_idx").on(t.ownerId, t.createdAt),
    index("assets_claim_idx")
      .on(t.claimBy)
      .where(sql`claim_by is not null`),
  ],
);

/** Objects nobody refers to any more; the sweep deletes them and then the row. */
export const objectErasures = pgTable("object_erasures", {
  objectKey: text("object_key").primaryKey(),
  dueAt: moment("due_at").notNull(),
});
