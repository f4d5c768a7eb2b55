import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import { answerReader } from "./read-answer.ts";

export interface OwnerCreate {
  ownerId: string;
  kind: "guest" | "member";
  /** Credits of the first grant; 0 = none. */
  welcomeCredits: number;
  /** Network key the grant is counted against (an IPv6 one is its /64); null = not counted. */
  address: string | null;
  /** Grants one address may get per clock hour. */
  grantsPerHour: number;
  transferId: string;
  now: Date;
}

const readCredits = answerReader(z.coerce.number().int());

/**
 * Creates an owner with empty balances and, while the address has some of its hour left, grants
 * the welcome credits (external reference `welcome:<ownerId>`). 0 granted = the hour is used up.
 * @throws PostgresError `owners_pkey` when the owner exists.
 */
export async function ownerCreateV1(
  sql: SqlRunner,
  o: OwnerCreate,
): Promise<{ grantedCredits: number }> {
  const rows = await sql`
    select owner_create_v1(${o.ownerId}, ${o.kind}, ${o.welcomeCredits}, ${o.address},
      ${o.grantsPerHour}, ${o.transferId}, ${o.now}) as answer`;
  return { grantedCredits: readCredits(rows) };
}
