import { test } from "vitest";
import { fixture, signIn } from "./support/caller.ts";
import { startStudio } from "./support/start-studio.ts";
import { openStream, readJobs } from "./support/read-stream.ts";
test("measure", async () => {
  const studio = await startStudio({ gpuMs: 2000, environment: { GUEST_CREDITS: "100" } });
  const guest = await signIn(studio.url);
  for (const name of ["coffee.png", "coffee-12mp-rotated.jpg", "coffee-12mp-rotated.jpg"]) {
    const { assetId } = await guest.upload(await fixture(name), { contentType: name.endsWith("png") ? "image/png" : "image/jpeg" });
    const job = await guest.createJob({ imageAssetId: assetId, prompt: "make it blue" });
    const stream = await openStream(studio.url, { jobId: job.id }, { headers: { cookie: guest.cookie } });
    let doneAt = 0;
    for await (const u of readJobs(stream)) { if (u.job.status === "done") doneAt = Date.now(); }
    const rows = await studio.database.sql`select event, created_at from job_events where job_id = ${job.id} order by seq`;
    const [a] = await studio.database.sql`select submitted_at, execution_ms, delay_ms from attempts where job_id = ${job.id}`;
    const gpuEnd = new Date(a!["submitted_at"]).getTime() + a!["delay_ms"] + a!["execution_ms"];
    const at = (e: string) => new Date(rows.find((r) => r["event"] === e)!["created_at"]).getTime();
    console.error("MEASURE", name, { create_to_submit: new Date(a!["submitted_at"]).getTime() - at("created"), gpuEnd_to_finished: at("finished") - gpuEnd, finished_to_stored: at("stored") - at("finished"), stored_to_seen: doneAt - at("stored"), total: doneAt - gpuEnd });
  }
  await studio.stop();
}, 120000);
