import type { Sql } from "../client.ts";
import { checkInvariants, type InvariantCheck } from "../invariants/check-invariants.ts";
import { START } from "./create-world.ts";

/** Runs statements with the database's own defences, foreign keys included, switched off. */
export async function plant(sql: Sql, ...statements: string[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const statement of statements) await tx.unsafe(statement);
  });
}

/** The violations found, by number of the invariant; those that hold are absent. */
export async function findBroken(
  sql: Sql,
  check: Partial<InvariantCheck> = {},
): Promise<Record<number, object[]>> {
  const reports = await checkInvariants(sql, { now: START, ...check });
  return Object.fromEntries(
    reports.filter((r) => r.violations.length > 0).map((r) => [r.invariant, r.violations]),
  );
}
