import {
  ADVICE,
  createRunpodClient,
  type ExchangeCause,
  type FailedExchange,
  type GpuHealth,
} from "@ob/runpod";
import type { GpuBackendEnv } from "../../boot/gpu-env.ts";
import { checkVolume } from "./check-volume.ts";
import { broken, type Check, type Finding, ok, type Patient, skipped, warning } from "./finding.ts";

const TIMEOUT_MS = 10_000;

/** Every RunPod endpoint: whether it knows our key, and what its workers do. */
export const checkGpu: Check = {
  id: "gpu",
  title: { en: "GPU endpoints", th: "เซิร์ฟเวอร์ GPU" },
  async run(patient) {
    const found = await Promise.all(
      patient.env.gpu.backends.map((backend) => checkBackend(patient, backend)),
    );
    return found.flat();
  },
};

async function checkBackend(patient: Patient, backend: GpuBackendEnv): Promise<Finding[]> {
  switch (backend.kind) {
    case "comfyui":
      return [skipped("The ComfyUI server is looked at below.")];
    case "simulator":
      return [await checkEndpoint(patient, backend)];
    case "runpod": {
      const endpoint = await checkEndpoint(patient, backend);
      return backend.volume === null ? [endpoint] : [endpoint, await checkVolume(backend.volume)];
    }
  }
}

type EndpointEnv = Exclude<GpuBackendEnv, { kind: "comfyui" }>;

async function checkEndpoint({ fetch }: Patient, backend: EndpointEnv): Promise<Finding> {
  const failed: FailedExchange[] = [];
  const { baseUrl, endpointId, apiKey, kind } = backend;
  const client = createRunpodClient({
    baseUrl,
    endpointId,
    apiKey,
    httpTimeoutMs: TIMEOUT_MS,
    fetch,
    onFailedExchange: (exchange) => failed.push(exchange),
  });
  try {
    return judgeWorkers(client.name, await client.health(AbortSignal.timeout(TIMEOUT_MS * 2)));
  } catch (error) {
    const last = failed.at(-1);
    const said = error instanceof Error ? error.message : String(error);
    if (kind === "simulator" && last?.response === null) {
      return broken("The simulator does not answer.", "Start the studio: npm start starts it too.");
    }
    const cause: ExchangeCause = last?.cause ?? "unknown";
    return broken(`${client.name}: ${cause}. ${said}`, `${ADVICE[cause].en} ${ADVICE[cause].th}`);
  }
}

function judgeWorkers(name: string, health: GpuHealth): Finding {
  const { ready, running, initializing, throttled, inQueue, inProgress } = health;
  const says = `${name} knows our key: ${ready} workers ready, ${running} running, ${initializing} starting, ${throttled} throttled; ${inQueue} jobs wait, ${inProgress} run.`;
  if (ready + running > 0) return ok(says);
  if (throttled > 0) {
    return warning(
      says,
      "Every worker is throttled: there is no GPU of the chosen kind. Allow more kinds or data centers in the endpoint's settings.",
    );
  }
  if (initializing === 0 && inQueue > 0) {
    return broken(
      says,
      "Jobs wait and no worker starts: look whether the endpoint's maximum of workers is 0, and at the account's balance.",
    );
  }
  return warning(
    says,
    "No worker is awake: the first job waits one to three minutes. One active worker avoids that and costs its hourly price.",
  );
}
