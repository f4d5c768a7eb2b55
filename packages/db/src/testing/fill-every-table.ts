import { randomUUID } from "node:crypto";
import type { Sql } from "../client.ts";
import { at, START, type World } from "./create-world.ts";

/** Sees that no table is empty: a constraint that no row can break refuses nothing. */
export async function fillEveryTable({ sql, world }: { sql: Sql; world: World }): Promise<void> {
  const owner = await world.owner(10);
  await world.doneJob(owner, { extraAssetIds: [await world.asset(owner)] });
  const user = randomUUID();
  await sql`
    insert into gpu_incidents (id, backend, operation, cause, minute, first_at, last_at, occurrences,
      attempt_ids, exchange)
    values (${randomUUID()}, 'runpod:test', 'submit', 'bad-key', ${START}, ${START}, ${at(1)}, 2, '{}', '{}')`;
  await sql`insert into job_sightings select id, ${START} from jobs`;
  await sql`insert into collect_troubles select id, 1, ${START}, ${START}, 'full' from jobs`;
  await sql`
    insert into operator_actions (id, action, job_id, author, reason, at)
    select ${randomUUID()}, 'extend', id, 'ann', 'full', ${START} from jobs`;
  await sql`insert into guest_grants values ('198.51.100.1', ${START}, 1)`;
  await sql`insert into rate_windows values (${owner}, 'uploads', ${START}, 1)`;
  await sql`insert into watches values (${owner}, ${START})`;
  await sql`insert into object_erasures values ('a', ${START})`;
  await sql`
    insert into service_shares (service_version, service, basis_points, updated_at)
    values ('edit@1', 'edit', 10000, ${START})`;
  await sql`
    insert into prompt_rewrites (key, owner_id, asked_at, expires_at)
    values ('a', ${owner}, ${START}, ${at(1)})`;
  await sql`
    insert into uploads (id, owner_id, kind, content_type, declared_bytes, object_key, expires_at, created_at)
    values (${randomUUID()}, ${owner}, 'image', 'image/png', 1, 'upload', ${START}, ${START})`;
  await sql`
    insert into users (id, name, email, owner_id, created_at, updated_at)
    values (${user}, 'guest', 'a@example.com', ${owner}, ${START}, ${START})`;
  await sql`
    insert into sessions (id, user_id, token, expires_at, created_at, updated_at)
    values (${randomUUID()}, ${user}, 'token', ${START}, ${START}, ${START})`;
  await sql`
    insert into auth_accounts (id, user_id, account_id, provider_id, created_at, updated_at)
    values (${randomUUID()}, ${user}, 'a', 'b', ${START}, ${START})`;
  await sql`
    insert into verifications (id, identifier, value, expires_at, created_at, updated_at)
    values (${randomUUID()}, 'a', 'b', ${START}, ${START}, ${START})`;
}
