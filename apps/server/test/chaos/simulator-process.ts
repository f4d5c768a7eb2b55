import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { endWithUs } from "@ob/db/embedded";
import type { Scenario } from "@ob/runpod/simulator";
import { parsed, trusted } from "../support/trusted.ts";
import { type RunningProgram, startProgram } from "./running-program.ts";

const MAIN = fileURLToPath(
  new URL("../../../../packages/runpod/src/simulator/main.ts", import.meta.url),
);

/** A run as the simulator remembers it; times in epoch ms. */
export interface SimulatedRun {
  id: string;
  status: string;
  filePrefix: string | null;
  submittedAtMs: number;
  endedAtMs: number | null;
}

/** The GPU side. */
export interface SimulatorProcess {
  readonly url: string;
  readonly program: RunningProgram;
  /** Everything it says. */
  readonly logFile: string;
  /** The truth about runs. */
  runs(): Promise<SimulatedRun[]>;
  /** @throws when it does not know the scenario */
  trouble(scenario: Scenario, times: number): Promise<void>;
}

/** Starts it; its log is `folder/logs/simulator.log`. */
export async function startSimulatorProcess(
  folder: string,
  o: { seed: number; gpuMs: number; workers: number },
): Promise<SimulatorProcess> {
  const figures = {
    "--gpu-ms": o.gpuMs,
    "--queue-ms": 50,
    "--workers": o.workers,
    "--seed": o.seed,
  };
  const logFile = join(folder, "logs", "simulator.log");
  const program = startProgram({
    args: [
      "--conditions=ob-source",
      MAIN,
      ...Object.entries(figures).flatMap(([name, value]) => [name, String(value)]),
    ],
    environment: {},
    logFile,
  });
  void program.exited.then(endWithUs(program.pid));
  const said = await program.line((line) => line.startsWith('{"url"'));
  const { url } = parsed<{ url: string }>(said);
  return {
    url,
    program,
    logFile,
    async runs() {
      const answer: unknown = await (await fetch(`${url}/control/jobs`)).json();
      return trusted(answer);
    },
    async trouble(scenario, times) {
      const answer = await fetch(`${url}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ scenario, times }),
      });
      if (!answer.ok) throw new Error(`the simulator does not know ${scenario}`);
    },
  };
}
