import { randomUUID } from "node:crypto";
import type { Sql } from "@ob/db";

/** The floor of everything durable: one insert of one row, committed. @returns how long it took, ms */
export async function writeFloor(sql: Sql): Promise<number> {
  const startedMs = performance.now();
  await sql`insert into bench.floor (id, at) values (${randomUUID()}, now())`;
  return performance.now() - startedMs;
}
