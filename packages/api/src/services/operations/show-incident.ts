import { attempts, gpuIncidents } from "@ob/db";
import { eq, inArray } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** An incident whole: the first exchange of its minute, and the jobs whose attempts met it. */
export type IncidentReport = typeof gpuIncidents.$inferSelect & { readonly jobIds: string[] };

/** Reads one incident; null = there is none, or no longer. */
export async function showIncident(
  { db }: Pick<ServiceContext, "db">,
  id: string,
): Promise<IncidentReport | null> {
  const [incident] = await db.select().from(gpuIncidents).where(eq(gpuIncidents.id, id));
  if (incident === undefined) return null;
  const met = await db
    .selectDistinct({ jobId: attempts.jobId })
    .from(attempts)
    .where(inArray(attempts.id, incident.attemptIds));
  return { ...incident, jobIds: met.map(({ jobId }) => jobId) };
}
