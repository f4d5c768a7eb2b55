import { describeGpuBackend } from "./gpu-backend-contract.ts";
import { KEY, simulatedComfyui } from "./support/simulated-comfyui.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";

// Drawn once: the suite changes nothing of it.
const edit = simulatedEdit();

describeGpuBackend("A ComfyUI server", async () => {
  const comfyui = await simulatedComfyui();
  const { attempt } = await edit;
  return {
    backend: comfyui.backend,
    unauthorized: comfyui.otherBackend({ authorization: "Bearer wrong" }),
    failures: comfyui.failures,
    secrets: [KEY, "Replace the background"],
    attempt,
    unknownId: "00000000-0000-4000-8000-000000000000",
    refusesGraphs: "on submit",
    namesFiles: true,
    refusedCause: "comfyui-refused",
    findsLostAnswers: true,
    liveJobs: async () => comfyui.live(),
    startJob: (id) => comfyui.startJob(id),
    finishJob: (id) => comfyui.finishJob(id),
    forgetResults: async () => comfyui.control("forget-history"),
    loseNextAnswer: async () => comfyui.control("accept-then-drop"),
    limitNextSubmit: async () => comfyui.control("rate-limit"),
    failNextJob: async () => comfyui.control("oom"),
    // A prompt that saves nothing is ComfyUI's own doing, and told as such.
    loseNextResult: null,
    shutDown: () => comfyui[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: () => comfyui[Symbol.asyncDispose](),
  };
});
