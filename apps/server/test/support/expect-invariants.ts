import { checkInvariants, type Sql } from "@ob/db";
import { expect } from "vitest";

/** Every invariant holds, of rows and of time. */
export async function expectInvariants(sql: Sql): Promise<void> {
  const checks = await checkInvariants(sql, { now: new Date() });
  expect(checks.filter((check) => check.violations.length > 0)).toEqual([]);
}
