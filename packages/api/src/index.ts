export type * from "./contract/credits.ts";
export type * from "./contract/job.ts";
export { CreateJobInput as CreateJobInputSchema } from "./contract/inputs.ts";
export type * from "./contract/service.ts";
export type * from "./contract/upload.ts";
export { AppError, APP_ERROR_CODES, type AppErrorCode } from "./domain/app-error.ts";
export { DEFAULT_GPU_SETTINGS, type GpuSettings } from "./domain/gpu-settings.ts";
export { assertPriced, type PriceList, PRICES } from "./domain/prices.ts";
export { errorMessage } from "./domain/messages.ts";
export type * from "./contract/error.ts";
export { httpStatusOf, refusalEnvelope } from "./routers/errors.ts";
export { appRouter, type AppRouter } from "./routers/root.ts";
export { toTRPCError } from "./routers/to-trpc-error.ts";
export type { RequestContext } from "./routers/trpc.ts";
export type * from "./services/context.ts";
export { bindWebhookJob } from "./services/jobs/drive/bind-webhook-job.ts";
export type { DriveContext, LifecycleContext } from "./services/jobs/drive/drive-context.ts";
export { driveJob, type DriveSignals } from "./services/jobs/drive/drive-job.ts";
export type { DriveRows } from "./services/jobs/drive/drive-rows.ts";
export { createSqlDriveRows } from "./services/jobs/drive/sql-drive-rows.ts";
export { type Failpoint, FAILPOINTS, type ReachFailpoint } from "./services/failpoint.ts";
export {
  type BackendRule,
  createGpuFleet,
  type GpuFleet,
  type GpuFleetOptions,
} from "./services/gpus/gpu-fleet.ts";
export type { BreakerState, GpuTrouble } from "./services/gpus/breaker.ts";
export type { GpuSide } from "./services/gpus/gpu-side.ts";
export type { SubmitHold } from "./services/gpus/submit-gate.ts";
export { createJobReader, type JobReader } from "./services/jobs/job-reader.ts";
export { extendCollection, type ExtendOutcome } from "./services/jobs/extend-collection.ts";
export {
  carryOutOrder,
  type JobOrder,
  type OrderContext,
  type OrderOutcome,
} from "./services/operations/carry-out-order.ts";
export { createIncidentSink, type IncidentSink } from "./services/operations/incident-sink.ts";
export {
  type IncidentsFilter,
  type IncidentSummary,
  listIncidents,
} from "./services/operations/list-incidents.ts";
export {
  listOperatorJobs,
  type OperatorJobsFilter,
  type OperatorJobsPage,
} from "./services/operations/list-operator-jobs.ts";
export { type IncidentReport, showIncident } from "./services/operations/show-incident.ts";
export { type OperatorJob, showOperatorJob } from "./services/operations/show-operator-job.ts";
export { createSightings, type Sightings } from "./services/operations/sightings.ts";
export { rebuildSentGraph } from "./services/jobs/rebuild-sent-graph.ts";
export { createShortMemory } from "./services/short-memory.ts";
export { createGuest } from "./services/owners/create-guest.ts";
export { type Network, networkOf } from "./services/owners/network-of.ts";
export { ownsObject } from "./services/owners/owns-object.ts";
export { findOpenUpload, type OpenUpload } from "./services/uploads/find-open-upload.ts";
export { markStored } from "./services/uploads/mark-stored.ts";
export { createSharedWork, type SharedWork } from "./services/shared-work.ts";
export { createWorkLimit, type WorkLimit } from "./services/work-limit.ts";
export { UPLOAD_LIMITS } from "./services/uploads/limits.ts";
export { createLocalDoorbell, type LocalDoorbell } from "./services/streams/local-doorbell.ts";
export { RewriterFailed, type RewriterTrouble } from "./services/rewriting/rewriter-failed.ts";
export { pauseAfterTrouble } from "./services/rewriting/pause-after-trouble.ts";
export { listVersions, type VersionReport } from "./services/versions/list-versions.ts";
export {
  type NewShare,
  setVersionShare,
  type ShareOutcome,
} from "./services/versions/set-version-share.ts";
export { runSweeps } from "./services/sweeps/run-sweeps.ts";
