export * from "./client.ts";
export * from "./hot/attempt-apply-v1.ts";
export * from "./hot/attempt-intend-v2.ts";
export * from "./hot/attempt-patch.ts";
export * from "./hot/attempt-wake-v1.ts";
export * from "./hot/job-apply-v1.ts";
export * from "./hot/job-create-v3.ts";
export * from "./hot/job-erase-v2.ts";
export * from "./hot/job-lease-renew-v1.ts";
export * from "./hot/job-row.ts";
export * from "./hot/job-schedule-v1.ts";
export * from "./hot/job-wake-v1.ts";
export * from "./hot/jobs-claim-due-v1.ts";
export * from "./hot/mark-watched.ts";
export * from "./hot/note-collect-trouble.ts";
export * from "./hot/note-sightings.ts";
export * from "./hot/owner-create-v1.ts";
export * from "./hot/plan-erasures.ts";
export * from "./hot/rate-take-v1.ts";
export * from "./hot/record-incident.ts";
export {
  checkInvariants,
  type InvariantCheck,
  type InvariantReport,
} from "./invariants/check-invariants.ts";
export { createWatchedSocket } from "./open-socket.ts";
export { migrate } from "./migrate.ts";
export { type MigrationState, readMigrationState } from "./migration-state.ts";
export * as schema from "./schema/index.ts";
export * from "./schema/index.ts";
