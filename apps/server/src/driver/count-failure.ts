/** More jobs do not fail at once; one that is forgotten merely begins again with the shortest wait. */
const MOST_JOBS = 10_000;

/**
 * Counts one more failure in a row of a job, and forgets the job whose last one is longest ago when
 * there are too many: many a job that failed here is ended by another process, and nobody tells.
 * @returns the job's count
 */
export function countFailure(
  failures: Map<string, number>,
  jobId: string,
  mostJobs = MOST_JOBS,
): number {
  const count = (failures.get(jobId) ?? 0) + 1;
  // Taken out first, so that the map stays in the order of the last failures.
  failures.delete(jobId);
  failures.set(jobId, count);
  const [oldest] = failures.keys();
  if (failures.size > mostJobs && oldest !== undefined) failures.delete(oldest);
  return count;
}
