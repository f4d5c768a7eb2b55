import { ownerCreateV1 } from "@ob/db";
import type { ServiceContext } from "../context.ts";

/**
 * Creates a guest with the first credits in one transaction; his three balances exist from then on.
 * `address` is the caller's network ({@link networkOf}); null = not counted (loopback outside
 * production). A network that used up its grants of the hour still gets a guest, with 0 credits.
 */
export async function createGuest(
  services: ServiceContext,
  request: { address: string | null },
): Promise<{ ownerId: string; grantedCredits: number }> {
  const ownerId = services.newId();
  const { grantedCredits } = await ownerCreateV1(services.sql, {
    ownerId,
    kind: "guest",
    welcomeCredits: services.settings.guestCredits,
    address: request.address,
    grantsPerHour: services.settings.guestGrantsPerHour,
    transferId: services.newId(),
    now: services.now(),
  });
  services.log.info("guest.created", { ownerId, grantedCredits });
  return { ownerId, grantedCredits };
}
