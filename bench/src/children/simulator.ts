import { type Simulator, startSimulator } from "@ob/runpod/simulator";
import { z } from "zod";
import { answerParent } from "./answer-parent.ts";

const Start = z.object({ gpuMs: z.number(), queueMs: z.number(), workers: z.number() });

let simulator: Simulator | null = null;

answerParent(
  {
    async start(input) {
      simulator = await startSimulator({ ...Start.parse(input), port: 0, seed: 1 });
      return { url: simulator.url };
    },
  },
  async () => simulator?.stop(),
);
