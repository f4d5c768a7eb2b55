import type { GpuFleet } from "../gpus/gpu-fleet.ts";

const WITHIN_MS = 5_000;
/** As many troubles in a row as let a side pass for down. */
const TRIES = 3;

/**
 * Asks every GPU side how it is, so that a process that has only just begun and talks to none of them
 * otherwise knows which are down.
 */
export async function learnGpuHealth(fleet: GpuFleet): Promise<void> {
  await Promise.all(
    fleet.sides.map(async ({ backend }) => {
      for (let left = TRIES; left > 0 && !fleet.isDown(backend.name); left -= 1) {
        const isWell = await backend.health(AbortSignal.timeout(WITHIN_MS)).then(
          () => true,
          // The side has seen it, and counts.
          () => false,
        );
        if (isWell) return;
      }
    }),
  );
}
