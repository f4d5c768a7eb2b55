import { gpuIncidents } from "@ob/db";
import { and, desc, eq, gte, sql } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** Which incidents; null = whatever. */
export interface IncidentsFilter {
  /** Whose last occurrence was since. */
  readonly since: Date;
  readonly cause: string | null;
  readonly backend: string | null;
  /** 1 to 500. */
  readonly limit: number;
}

/** One kind of failure of one minute, without the exchange itself. */
export type IncidentSummary = Omit<typeof gpuIncidents.$inferSelect, "exchange" | "minute"> & {
  /** HTTP status of the first; null = there was no answer. */
  readonly status: number | null;
  /** What the network said of the first; null = it was not at fault. */
  readonly networkError: string | null;
};

const status = sql<number | null>`(${gpuIncidents.exchange}#>>'{response,status}')::int`;
const networkError = sql<string | null>`${gpuIncidents.exchange}->>'networkError'`;

/** Incidents for an operator, newest first. */
export async function listIncidents(
  { db }: Pick<ServiceContext, "db">,
  filter: IncidentsFilter,
): Promise<IncidentSummary[]> {
  const { id, backend, operation, cause, firstAt, lastAt, occurrences, attemptIds } = gpuIncidents;
  return db
    .select({
      id,
      backend,
      operation,
      cause,
      firstAt,
      lastAt,
      occurrences,
      attemptIds,
      status,
      networkError,
    })
    .from(gpuIncidents)
    .where(
      and(
        gte(lastAt, filter.since),
        filter.cause === null ? undefined : eq(cause, filter.cause),
        filter.backend === null ? undefined : eq(backend, filter.backend),
      ),
    )
    .orderBy(desc(lastAt), desc(id))
    .limit(filter.limit);
}
