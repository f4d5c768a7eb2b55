import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/**
 * How large a share of the owners may get a service version for new jobs. Written by an operator;
 * jobs that exist keep their version whatever becomes of its share.
 */
export const serviceShares = pgTable(
  "service_shares",
  {
    /** Such as `qwen-image-edit@2`. */
    serviceVersion: text("service_version").primaryKey(),
    service: text("service").notNull(),
    /** Hundredths of a percent, 0 to 10,000; 0 = withdrawn: no new jobs. */
    basisPoints: integer("basis_points").notNull(),
    /** Why, in the operator's words; null = he did not say. */
    note: text("note"),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check("service_shares_range", sql`${t.basisPoints} between 0 and 10000`),
    check("service_shares_of_service", sql`starts_with(${t.serviceVersion}, ${t.service} || '@')`),
  ],
);
