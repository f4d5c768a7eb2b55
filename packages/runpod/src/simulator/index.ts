export type { Clock } from "./clock.ts";
export type { ComfyuiControl, ComfyuiScenario } from "./comfyui/mishaps.ts";
export type { ComfyuiSimulator, ComfyuiSimulatorOptions, PromptTruth } from "./comfyui/options.ts";
export { startComfyuiSimulator } from "./comfyui/start-comfyui-simulator.ts";
export type { JobTruth, RunpodJobTruth } from "./job.ts";
export type {
  FaultOrder,
  ObjectStoreDialect,
  ObjectStoreFault,
  ObjectStoreMethod,
  ObjectStoreOptions,
  ObjectStoreSimulator,
  StoredObject,
} from "./object-store/options.ts";
export { startObjectStoreSimulator } from "./object-store/start-object-store.ts";
export type { Simulator, SimulatorOptions } from "./options.ts";
export { type Scenario, SCENARIOS } from "./scenario.ts";
export { startSimulator } from "./start-simulator.ts";
export {
  startVolumeSimulator,
  type VolumeSimulator,
  type VolumeSimulatorOptions,
} from "./volume-worker/start-volume-simulator.ts";
