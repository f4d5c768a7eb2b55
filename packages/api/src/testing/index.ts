export { completedReport } from "./completed.ts";
export { createFakeClock, type FakeClock } from "./fake-clock.ts";
export { createMemoryStore, type MemoryStore } from "./memory-store.ts";
export { makePng, type PixelValues } from "./png.ts";
export {
  Crash,
  createScriptedGpu,
  failureOf,
  type Run,
  type ScriptedGpu,
  type SubmitScript,
} from "./scripted-gpu.ts";
export { type LogLine, newJob, setup, type SetupOptions, type World } from "./setup.ts";
export { createStubImaging } from "./stub-imaging.ts";
