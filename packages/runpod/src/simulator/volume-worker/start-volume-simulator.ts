import type { ObjectStoreOptions, ObjectStoreSimulator } from "../object-store/options.ts";
import { startObjectStoreSimulator } from "../object-store/start-object-store.ts";
import type { Simulator, SimulatorOptions } from "../options.ts";
import { startSimulator } from "../start-simulator.ts";
import { beginVolumeJob } from "./begin-volume-job.ts";

export interface VolumeSimulatorOptions extends Omit<SimulatorOptions, "handler"> {
  /** The network volume its workers have mounted, and the S3 key that opens it. */
  volume: Omit<ObjectStoreOptions, "dialect" | "host">;
}

/** RunPod as in `Simulator`, and the volume's own S3 API. */
export interface VolumeSimulator extends Simulator {
  readonly volume: ObjectStoreSimulator;
}

/**
 * Starts RunPod Serverless with the volume handler and a network volume, simulated over real HTTP.
 * @throws as `startSimulator` and `startObjectStoreSimulator`
 */
export async function startVolumeSimulator(
  options: VolumeSimulatorOptions,
): Promise<VolumeSimulator> {
  const { seed } = options;
  const volume = await startObjectStoreSimulator({ ...options.volume, dialect: "runpod-volume" });
  try {
    const handler = (input: unknown) => beginVolumeJob(input, { volume, seed });
    const runpod = await startSimulator({ ...options, handler });
    return {
      ...runpod,
      volume,
      async stop() {
        await runpod.stop();
        await volume.stop();
      },
    };
  } catch (error) {
    await volume.stop();
    throw error;
  }
}
