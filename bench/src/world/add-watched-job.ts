import { randomUUID } from "node:crypto";
import { assets, jobApplyV1, jobCreateV3, type DbConnection } from "@ob/db";
import { GPU_SERVICES } from "@ob/workflow";
import { plainJob } from "../lifecycles/plain-job.ts";

/** Longer than any run. A job that is never due would be found by the sweep for stuck ones. */
const NOT_DUE_MS = 3_600_000;

/** Gives an owner a job that draws and that nobody need look at: its driver stays out of the figures. */
export async function addWatchedJob(
  { db, sql }: Pick<DbConnection, "db" | "sql">,
  ownerId: string,
): Promise<string> {
  const now = new Date();
  const imageAssetId = randomUUID();
  await db.insert(assets).values({
    id: imageAssetId,
    ownerId,
    kind: "image",
    width: 1_024,
    height: 768,
    contentType: "image/png",
    bytes: 9,
    sha256: "0".repeat(64),
    objectKey: `assets/${imageAssetId}`,
    previewKey: `previews/${imageAssetId}`,
    createdAt: now,
  });
  const version = GPU_SERVICES.findLast(({ id }) => id === "qwen-image-edit")?.version ?? "";
  const job = plainJob({ ownerId, imageAssetId }, { version, now });
  // In one transaction: a job that is due would be driven.
  await sql.begin(async (tx) => {
    const created = await jobCreateV3(tx, { ...job, backend: "runpod:bench" });
    if (created.outcome !== "created") throw new Error(`not created: ${created.outcome}`);
    const dueAt = new Date(now.getTime() + NOT_DUE_MS);
    const facts = { stage: "drawing", progress: 0, dueAt, startedAt: now } as const;
    await jobApplyV1(tx, {
      jobId: job.jobId,
      event: "started",
      from: ["queued"],
      to: "running",
      credits: null,
      transferId: randomUUID(),
      now,
      facts,
    });
  });
  return job.jobId;
}
