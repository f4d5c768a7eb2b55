import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, START, type World } from "../testing/create-world.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";
import { jobCreateV3 } from "./job-create-v3.ts";
import { jobEraseV2 } from "./job-erase-v2.ts";
import { jsonText } from "./json-text.ts";

let sql: Sql;
let world: World;
testWorld({}, (parts) => void ({ sql, world } = parts));

async function picturesOf(jobId: string): Promise<[number, string][]> {
  const rows = await sql<{ n: number; asset_id: string }[]>`
    select n, asset_id from job_pictures where job_id = ${jobId} order by n`;
  return rows.map((row) => [row.n, row.asset_id]);
}

async function isErased(assetId: string): Promise<boolean> {
  const rows = await sql<{ erased: boolean }[]>`
    select erased_at is not null as erased from assets where id = ${assetId}`;
  return rows[0]?.erased ?? false;
}

test("further pictures are kept with their job, numbered as the instruction counts them", async () => {
  const owner = await world.owner(10);
  const [second, third] = [await world.asset(owner), await world.asset(owner)];
  const jobId = await world.job(owner, { extraAssetIds: [third, second] });
  expect(await picturesOf(jobId)).toEqual([
    [2, third],
    [3, second],
  ]);
});

test("a further picture of somebody else, an erased one and a mask are missing, and nothing is held", async () => {
  const owner = await world.owner(10);
  const image = await world.asset(owner);
  const gone = await world.asset(owner);
  await sql`update assets set erased_at = ${START} where id = ${gone}`;
  const foreign = await world.asset(await world.owner(0));
  const mask = await world.asset(owner, "mask");
  for (const wrong of [foreign, gone, mask, world.id()]) {
    const request = world.jobRequest(owner, image, { extraAssetIds: [image, wrong] });
    expect(await jobCreateV3(sql, request)).toEqual({ outcome: "asset-missing" });
  }
  expect(await world.balance(owner)).toEqual({ available: 10, held: 0 });
});

test("they are erased with the job, unless another job shows them, in whatever place", async () => {
  const owner = await world.owner(20);
  const [shared, own, first] = [
    await world.asset(owner),
    await world.asset(owner),
    await world.asset(owner),
  ];
  const asExtra = await world.job(owner, { imageAssetId: first, extraAssetIds: [shared, own] });
  const asFirst = await world.job(owner, { imageAssetId: shared, extraAssetIds: [first] });
  for (const jobId of [asExtra, asFirst]) await world.cancel(jobId);

  await jobEraseV2(sql, { jobId: asExtra, ownerId: owner, now: at(1) });
  expect(await Promise.all([shared, own, first].map(isErased))).toEqual([false, true, false]);
  await jobEraseV2(sql, { jobId: asFirst, ownerId: owner, now: at(2) });
  expect(await Promise.all([shared, first].map(isErased))).toEqual([true, true]);
});

test("the database refuses to erase a picture that a job shows, whoever asks", async () => {
  const owner = await world.owner(10);
  const extra = await world.asset(owner);
  const jobId = await world.job(owner, { extraAssetIds: [extra] });
  const erase = () => sql`update assets set erased_at = ${START} where id = ${extra}`;
  expect(await refusal(erase())).toBe("assets_shown_kept");
  await world.cancel(jobId);
  expect(await refusal(erase())).toBe("assets_shown_kept");
  await jobEraseV2(sql, { jobId, ownerId: owner, now: at(1) });
  expect(await isErased(extra)).toBe(true);
});

test("which pictures a job has is never changed", async () => {
  const owner = await world.owner(10);
  const jobId = await world.job(owner, { extraAssetIds: [await world.asset(owner)] });
  const other = await world.asset(owner);
  const change = sql`update job_pictures set asset_id = ${other} where job_id = ${jobId}`;
  expect(await refusal(change)).toBe("job_pictures_append_only");
  const removal = sql`delete from job_pictures where job_id = ${jobId}`;
  expect(await refusal(removal)).toBe("job_pictures_append_only");
});

test("an attempt's further names are kept in their order, and fixed", async () => {
  const jobId = await world.job(await world.owner(10));
  const attemptId = await world.attempt(jobId, { extraImageNames: ["b.png", "a.jpg"] });
  const rows = await sql`select extra_image_names from attempts where id = ${attemptId}`;
  expect([...rows]).toEqual([{ extra_image_names: ["b.png", "a.jpg"] }]);
  const change = sql`update attempts set extra_image_names = '{}' where id = ${attemptId}`;
  expect(await refusal(change)).toBe("attempts_facts_fixed");
});

test("a withdrawn version takes no new job; replays and running jobs go on", async () => {
  const owner = await world.owner(10);
  const request = world.jobRequest(owner, await world.asset(owner), {
    serviceVersion: "withdrawn@1",
  });
  const made = await jobCreateV3(sql, request);
  await sql`
    insert into service_shares (service_version, service, basis_points, updated_at)
    values ('withdrawn@1', 'withdrawn', 0, ${START})`;
  expect(await jobCreateV3(sql, request)).toMatchObject({ outcome: "replayed" });
  const later = { ...request, jobId: world.id(), requestId: world.id(), transferId: world.id() };
  expect(made.outcome).toBe("created");
  expect(await jobCreateV3(sql, later)).toEqual({ outcome: "withdrawn" });
  expect(await world.balance(owner)).toEqual({ available: 7, held: 3 });
  await world.attempt(request.jobId);
});

test("a server of before creates and begins jobs by the functions it knows", async () => {
  const owner = await world.owner(10);
  const r = world.jobRequest(owner, await world.asset(owner));
  const job = {
    id: r.jobId,
    owner_id: owner,
    service: r.service,
    service_version: r.serviceVersion,
    mode: r.mode,
    backend: r.backend,
    credits: r.credits,
    input: r.input,
    prompt_en: r.promptEn,
    plan: r.plan,
    image_asset_id: r.imageAssetId,
    deadline_at: r.deadlineAt,
  };
  const created = await sql`
    select job_create_v1(${jsonText(job)}::text::jsonb, ${r.requestId}, 'hash', ${r.transferId},
      '{}', ${START})->>'outcome' as outcome`;
  expect([...created]).toEqual([{ outcome: "created" }]);
  const id = world.id();
  const attempt = {
    id,
    job_id: r.jobId,
    variant: "fast",
    graph_hash: "graph",
    file_prefix: "of-before",
    image_name: "of-before.png",
    token_sha256: "of-before",
    dead_after: at(700_000),
  };
  const intended = await sql`
    select attempt_intend_v1(${jsonText(attempt)}::text::jsonb, 9, 3, ${at(900_000)},
      ${START})->>'outcome' as outcome`;
  expect([...intended]).toEqual([{ outcome: "intended" }]);
  const rows = await sql`select extra_image_names from attempts where id = ${id}`;
  expect([...rows]).toEqual([{ extra_image_names: [] }]);
});
