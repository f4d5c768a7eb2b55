import type { JobCreate, JobCreateOutcome, JobRow } from "@ob/db";
import { commit, eventOf, type MemoryTables, postCredits } from "./memory-tables.ts";
import { RowRefused } from "./row-refused.ts";

/** As `job_create_v3`, but for withdrawn versions and the rate. @throws {RowRefused} */
export function createJobRow(tables: MemoryTables, o: JobCreate): JobCreateOutcome {
  const owner = tables.owners.get(o.ownerId);
  if (owner === undefined) throw new RowRefused("owners_pkey");
  const request = `${o.ownerId} ${o.requestId}`;
  const kept = tables.kept.get(request);
  if (kept !== undefined) {
    return kept.requestHash === o.requestHash
      ? { outcome: "replayed", response: kept.response }
      : { outcome: "reused" };
  }
  if (!hasPictures(tables, o)) return { outcome: "asset-missing" };
  if (owner.available < o.credits) {
    return { outcome: "insufficient", available: owner.available };
  }
  const queued = [...tables.jobs.values()].filter(
    ({ backend, status }) => backend === o.backend && status === "queued",
  );
  const response = JSON.stringify({ ...o.response, queuePosition: queued.length + 1 });
  const job = rowOf(o, owner.lastSeq + 1);
  const posted = postCredits(tables, owner, {
    id: o.transferId,
    ownerId: o.ownerId,
    kind: "hold",
    amount: o.credits,
    jobId: o.jobId,
    reason: "job",
    createdAt: o.now,
  });
  commit(tables, {
    owner: [o.ownerId, { ...posted.owner, lastSeq: job.lastSeq }],
    job,
    transfer: posted.transfer,
    event: eventOf(job, { event: "created", code: null, now: o.now }),
  });
  tables.extras.set(o.jobId, [...o.extraAssetIds]);
  tables.kept.set(request, { requestHash: o.requestHash, response });
  return { outcome: "created", response, seq: job.lastSeq };
}

function hasPictures({ assets }: MemoryTables, o: JobCreate): boolean {
  const isHis = (assetId: string, kind: "image" | "mask") => {
    const asset = assets.get(assetId);
    return asset?.ownerId === o.ownerId && asset.kind === kind;
  };
  return (
    [o.imageAssetId, ...o.extraAssetIds].every((id) => isHis(id, "image")) &&
    (o.maskAssetId === null || isHis(o.maskAssetId, "mask"))
  );
}

function rowOf(o: JobCreate, lastSeq: number): JobRow {
  const { ownerId, service, serviceVersion, mode, backend, credits, input, promptEn } = o;
  const { plan, imageAssetId, maskAssetId, retryOf, deadlineAt, now } = o;
  return {
    id: o.jobId,
    ownerId,
    service,
    serviceVersion,
    mode,
    backend,
    credits,
    input,
    promptEn,
    plan,
    imageAssetId,
    maskAssetId,
    retryOf,
    deadlineAt,
    lastSeq,
    createdAt: now,
    updatedAt: now,
    dueAt: now,
    status: "queued",
    stage: "waiting",
    progress: null,
    cancelRequestedAt: null,
    errorCode: null,
    tries: 0,
    firstIntentAt: null,
    collectBy: null,
    wakes: 0,
    leaseOwner: null,
    leaseUntil: null,
    startedAt: null,
    finishedAt: null,
    erasedAt: null,
  };
}
