import { checkInvariants, type Sql } from "@ob/db";
import type { Audit } from "./report/axis-report.ts";

/**
 * Checks every invariant of the lifecycle after a run, liveness included. One violation voids the
 * figures of that run.
 */
export async function audit(
  sql: Sql,
  o: {
    readonly of: string;
    readonly now: Date;
    /** SHA-256 (hex) of a stored object, null when there is none; absent = objects are not looked at. */
    readonly objectSha256?: (key: string) => Promise<string | null>;
  },
): Promise<Audit> {
  const { objectSha256 } = o;
  const reports = await checkInvariants(sql, {
    now: o.now,
    ...(objectSha256 === undefined ? {} : { objectSha256 }),
  });
  const rows = await sql<{ jobs: number }[]>`select count(*)::int as jobs from jobs`;
  const violations = reports
    .filter((report) => report.violations.length > 0)
    .map((report) => {
      const first = JSON.stringify(report.violations[0]).slice(0, 200);
      return `${report.invariant} ${report.title} (${report.violations.length}, first ${first})`;
    });
  return { of: o.of, jobs: rows[0]?.jobs ?? 0, violations };
}
