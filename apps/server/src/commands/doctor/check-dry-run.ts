import { randomBytes } from "node:crypto";
import {
  createRunpodClient,
  type GpuBackend,
  missingModelFiles,
  type RunpodReport,
} from "@ob/runpod";
import { GPU_SERVICES } from "@ob/workflow";
import type { GpuBackendEnv } from "../../boot/gpu-env.ts";
import { broken, type Check, type Finding, ok, type Patient, skipped } from "./finding.ts";
import { type ProbeGraph, probeGraphs } from "./probe-graphs.ts";

const TIMEOUT_MS = 15_000;
/** A worker that has to be woken loads its image, not the models. */
const PATIENCE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Sends graphs whose picture is missing, so that a worker's ComfyUI validates them and draws nothing.
 * What else it complains of is missing on the worker. Costs the seconds a worker is awake for.
 */
export const checkDryRun: Check = {
  id: "dry-run",
  title: { en: "Dry run on a worker", th: "ทดลองส่งงานไปเวิร์กเกอร์" },
  async run(patient) {
    if (!patient.mayDryRun) {
      return [
        skipped(
          "Nothing was sent. --dry-run-job sends one graph per mode that is validated and not drawn; it wakes a worker, which costs some seconds of GPU time.",
        ),
      ];
    }
    const found: Finding[] = [];
    for (const backend of patient.env.gpu.backends) found.push(...(await dryRun(patient, backend)));
    return found;
  },
};

async function dryRun(patient: Patient, backend: GpuBackendEnv): Promise<Finding[]> {
  if (backend.kind === "comfyui") {
    return [skipped("The ComfyUI server was asked for its classes and files instead.")];
  }
  if (backend.kind === "runpod" && backend.volume !== null) {
    return [skipped("A volume handler cannot be asked without a picture on its volume.")];
  }
  const { baseUrl, endpointId, apiKey } = backend;
  const { fetch } = patient;
  const client = createRunpodClient({
    baseUrl,
    endpointId,
    apiKey,
    httpTimeoutMs: TIMEOUT_MS,
    fetch,
  });
  const stem = `ob-doctor-${randomBytes(8).toString("hex")}`;
  const probes = probeGraphs(GPU_SERVICES, stem);
  const found = await Promise.all(
    probes.map((probe) => sendProbe(patient, client, { probe, stem })),
  );
  const bad = found.filter((finding) => finding.state !== "ok");
  if (bad.length > 0) return unique(bad);
  return [
    ok(
      `A worker of ${client.name} has every node class and model file of ${probes.length} graphs.`,
    ),
  ];
}

async function sendProbe(
  patient: Patient,
  client: GpuBackend,
  { probe, stem }: { probe: ProbeGraph; stem: string },
): Promise<Finding> {
  const { signal } = new AbortController();
  const sent = await client.submit(
    {
      graph: probe.graph,
      images: [],
      filePrefix: stem,
      webhookUrl: null,
      executionTimeoutMs: 60_000,
      ttlMs: PATIENCE_MS,
    },
    { signal },
  );
  if (sent.kind !== "accepted") {
    return broken("RunPod did not take the probe.", "See what it says of the endpoint above.");
  }
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    await patient.sleep(LOOK_EVERY_MS);
    const report = await client.report(sent.runpodJobId, signal);
    if (report.kind !== "waiting" && report.kind !== "running") return judge(report, probe);
  }
  await client.cancel(sent.runpodJobId, signal);
  return broken(
    "No worker has looked at the probe within five minutes.",
    "Look at the workers of the endpoint: their number, their state and their logs.",
  );
}

function judge(report: RunpodReport, probe: ProbeGraph): Finding {
  const what = `${probe.version} ${probe.mode}`;
  if (report.kind !== "failed") {
    return broken(
      `A graph without its picture was not refused (${what}: ${report.kind}).`,
      "The worker is not the worker-comfyui this studio is made for.",
    );
  }
  const { message } = report.failure;
  const files = missingModelFiles(message);
  if (files.length > 0) {
    const list = [...new Set(files.map(({ folder, file }) => `${folder}/${file}`))].join(", ");
    return broken(
      `The worker lacks model files: ${list}.`,
      "Put them there: into the image, or onto the network volume of the endpoint.",
    );
  }
  if (probe.files.some((file) => message.includes(file))) return ok(`${what} would be drawn.`);
  return broken(
    `${what} is refused: ${message.slice(0, 400)}`,
    "A node class that does not exist needs a newer ComfyUI in the worker's image; anything else stands in the worker's log.",
  );
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.says, finding])).values()];
}
