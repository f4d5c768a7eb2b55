import { type CanvasPlan, readCanvasPlan } from "@ob/workflow/canvas";
import { customType, timestamp } from "drizzle-orm/pg-core";

/** A moment, `timestamptz` with milliseconds, as a `Date`. */
export const moment = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** A canvas plan as `jsonb`, of whatever version it was stored in. */
export const canvasPlan = customType<{ data: CanvasPlan; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (plan) => JSON.stringify(plan),
  fromDriver: readCanvasPlan,
});
