import {
  CreateJobInput,
  JobIdInput,
  JobUpdatesInput,
  ListJobsInput,
  QuoteInput,
  RetryJobInput,
} from "../contract/inputs.ts";
import { cancelJob } from "../services/jobs/cancel-job.ts";
import { createJob } from "../services/jobs/create-job.ts";
import { deleteJob } from "../services/jobs/delete-job.ts";
import { getJob } from "../services/jobs/get-job.ts";
import { jobUpdates } from "../services/jobs/job-updates.ts";
import { listJobs } from "../services/jobs/list-jobs.ts";
import { quoteJob } from "../services/jobs/quote-job.ts";
import { retryJob } from "../services/jobs/retry-job.ts";
import { withMappedErrors } from "./errors.ts";
import { authed, router } from "./trpc.ts";

export const jobsRouter = router({
  quote: authed.input(QuoteInput).query(({ ctx, input }) => quoteJob(ctx, input)),
  create: authed.input(CreateJobInput).mutation(({ ctx, input }) => createJob(ctx, input)),
  get: authed.input(JobIdInput).query(({ ctx, input }) => getJob(ctx, input)),
  list: authed.input(ListJobsInput).query(({ ctx, input }) => listJobs(ctx, input)),
  cancel: authed.input(JobIdInput).mutation(({ ctx, input }) => cancelJob(ctx, input)),
  retry: authed.input(RetryJobInput).mutation(({ ctx, input }) => retryJob(ctx, input)),
  delete: authed.input(JobIdInput).mutation(({ ctx, input }) => deleteJob(ctx, input)),
  onUpdate: authed
    .input(JobUpdatesInput)
    .subscription(({ ctx, input, signal }) =>
      withMappedErrors(jobUpdates(ctx, input, signal ?? new AbortController().signal)),
    ),
});
