import { createHash, randomBytes } from "node:crypto";
import type { Job } from "@ob/api";
import { expect } from "vitest";
import { fixture, type Guest } from "./caller.ts";
import type { Studio } from "./start-studio.ts";

/** A job that is being drawn, and the token by which its attempt answers. */
export interface DrawingJob {
  readonly job: Job;
  readonly token: string;
}

/** Orders an edit, waits until it is drawn, and gives its attempt a token of ours. */
export async function startDrawingJob(studio: Studio, guest: Guest): Promise<DrawingJob> {
  const photo = await guest.upload(await fixture("rocket.jpg"));
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  const { sql } = studio.database;
  const status = async () => {
    const [row] = await sql`select status from jobs where id = ${job.id}`;
    return String(row?.["status"]);
  };
  await expect.poll(status, { timeout: 30_000 }).toBe("running");
  const token = randomBytes(32).toString("base64url");
  const tokenSha256 = createHash("sha256").update(token).digest("hex");
  // The real token is known to RunPod alone, and the database forbids to change it.
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update attempts set token_sha256 = ${tokenSha256} where job_id = ${job.id}`;
  });
  return { job, token };
}
