import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import type { Invariant } from "./invariant.ts";

const StoredObject = z.object({ job_id: z.string(), object_key: z.string(), sha256: z.string() });

export const doneMeansCapturedAndStored: Invariant = {
  number: 4,
  title: "done, captured and a stored result are the same thing",
  async find(sql, { objectSha256 }) {
    const rows = await sql`
      select j.id as job_id, j.status, t.id is not null as captured, r.job_id is not null as has_result
      from jobs j
        left join credit_transfers t on t.job_id = j.id and t.kind = 'capture'
        left join results r on r.job_id = j.id
      where (j.status = 'done') <> (t.id is not null) or (j.status = 'done') <> (r.job_id is not null)`;
    if (objectSha256 === null) return rows;

    const violations: object[] = [...rows];
    const kept = await sql`
      select job_id, object_key, sha256 from results where erased_at is null order by job_id`;
    for (const result of z.array(StoredObject).parse([...kept])) {
      const found = await objectSha256(result.object_key);
      if (found !== result.sha256) violations.push({ ...result, found });
    }
    return violations;
  },
  async confirm(sql, violations) {
    const confirmed: object[] = [];
    for (const violation of violations) {
      const object = StoredObject.safeParse(violation);
      // The rows were those of the snapshot, the objects those of a moment later.
      if (object.success && (await isErased(sql, object.data.job_id))) continue;
      confirmed.push(violation);
    }
    return confirmed;
  },
};

async function isErased(sql: SqlRunner, jobId: string): Promise<boolean> {
  const rows = await sql`select from results where job_id = ${jobId} and erased_at is not null`;
  return rows.length > 0;
}
