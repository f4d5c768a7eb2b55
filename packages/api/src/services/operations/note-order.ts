import { jobs, type OperatorOrder, operatorActions } from "@ob/db";
import { eq } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** What an operator orders for a job, and why. */
export interface Order {
  readonly action: OperatorOrder;
  readonly jobId: string;
  /** 1 to 100 characters. */
  readonly author: string;
  /** 1 to 500 characters. */
  readonly reason: string;
}

/** Writes an order down before it is carried out. Null: there is no such job, and nothing was written. */
export async function noteOrder(
  { db, newId, now, log }: Pick<ServiceContext, "db" | "newId" | "now" | "log">,
  order: Order,
): Promise<{ ownerId: string } | null> {
  const [job] = await db
    .select({ ownerId: jobs.ownerId })
    .from(jobs)
    .where(eq(jobs.id, order.jobId));
  if (job === undefined) return null;
  await db.insert(operatorActions).values({ id: newId(), at: now(), ...order });
  log.info("operator.order", { ...order });
  return job;
}
