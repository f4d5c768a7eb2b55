import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, type World } from "../testing/create-world.ts";
import { testWorld } from "../testing/test-world.ts";
import { jobCreateV3 } from "./job-create-v3.ts";
import { jobEraseV2 } from "./job-erase-v2.ts";

let sql: Sql;
let world: World;
testWorld({}, (parts) => void ({ sql, world } = parts));

async function queuedObjects(...ids: string[]): Promise<string[]> {
  const rows = await sql<{ object_key: string }[]>`
    select object_key from object_erasures order by object_key`;
  return rows.map((row) => row.object_key).filter((key) => ids.some((id) => key.includes(id)));
}

test("erasing takes words, pictures and the kept answer, and leaves money and events", async () => {
  const owner = await world.owner(10);
  const image = await world.asset(owner);
  const mask = await world.asset(owner, "mask");
  const request = world.jobRequest(owner, image, { maskAssetId: mask });
  await jobCreateV3(sql, request);
  const { jobId } = request;
  const attempt = await world.attempt(jobId);
  await world.finish(jobId, attempt);
  await world.store(jobId, attempt);

  expect(await jobEraseV2(sql, { jobId, ownerId: owner, now: at(5) })).toBe("erased");

  const rows = await sql`
    select j.input, j.prompt_en, j.erased_at, r.erased_at as result_erased_at, k.response,
      (select count(*)::int from assets where erased_at = ${at(5)} and owner_id = ${owner}) as assets,
      (select count(*)::int from credit_transfers where job_id = ${jobId}) as transfers,
      (select count(*)::int from job_events where job_id = ${jobId}) as events
    from jobs j join results r on r.job_id = j.id join idempotency_keys k on k.job_id = j.id
    where j.id = ${jobId}`;
  expect([...rows]).toEqual([
    {
      input: null,
      prompt_en: null,
      erased_at: at(5),
      result_erased_at: at(5),
      response: null,
      assets: 2,
      transfers: 2,
      events: 5,
    },
  ]);
  expect(await queuedObjects(image, mask, jobId)).toEqual(
    [
      `assets/${image}.png`,
      `assets/${image}.webp`,
      `assets/${mask}.png`,
      `assets/${mask}.webp`,
      `results/${jobId}.png`,
      `results/${jobId}.webp`,
    ].sort(),
  );
  // The kept answer is gone, but the request id is still known.
  expect(await jobCreateV3(sql, request)).toEqual({ outcome: "replayed", response: null });
});

test("a picture that another job still shows stays until that one is erased too", async () => {
  const owner = await world.owner(10);
  const image = await world.asset(owner);
  const first = await world.job(owner, { imageAssetId: image });
  const second = await world.job(owner, { imageAssetId: image });
  await world.cancel(first);
  await world.cancel(second);

  await jobEraseV2(sql, { jobId: first, ownerId: owner, now: at(1) });
  expect(await queuedObjects(image)).toEqual([]);
  await jobEraseV2(sql, { jobId: second, ownerId: owner, now: at(2) });
  expect(await queuedObjects(image)).toEqual([`assets/${image}.png`, `assets/${image}.webp`]);
});

test("only the owner erases, only ended jobs, and only once", async () => {
  const owner = await world.owner(10);
  const jobId = await world.job(owner);
  const erase = (ownerId: string) => jobEraseV2(sql, { jobId, ownerId, now: at(1) });

  expect(await erase(owner)).toBe("not-terminal");
  await world.cancel(jobId);
  expect(await erase(await world.owner(0))).toBe("not-found");
  expect(await erase(owner)).toBe("erased");
  expect(await erase(owner)).toBe("not-found");
});

test("an erased picture cannot be used again", async () => {
  const owner = await world.owner(10);
  const image = await world.asset(owner);
  const jobId = await world.job(owner, { imageAssetId: image });
  await world.cancel(jobId);
  await jobEraseV2(sql, { jobId, ownerId: owner, now: at(1) });
  expect(await jobCreateV3(sql, world.jobRequest(owner, image))).toEqual({
    outcome: "asset-missing",
  });
});
