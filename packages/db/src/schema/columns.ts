import { timestamp } from "drizzle-orm/pg-core";

/** A moment, `timestamptz` with milliseconds, as a `Date`. */
export const moment = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
