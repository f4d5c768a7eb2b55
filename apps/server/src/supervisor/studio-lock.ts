import { realpath } from "node:fs/promises";
import { holdLock, type LockOutcome } from "@ob/db/embedded";

/** What the holder says while it ends: whoever wants the lock need only wait. */
export const NOTE_STOPPING = "stopping";

/** Takes the lock that says: whatever runs for this data folder, which exists, is ours. */
export async function holdStudioLock(dataDir: string): Promise<LockOutcome> {
  return await holdLock(`studio ${await realpath(dataDir)}`);
}
