import { GPU_SERVICES } from "@ob/workflow";

import type { RunpodReport } from "../src/backend.ts";
import { createComfyuiBackend } from "../src/comfyui/comfyui-backend.ts";
import { inspectComfyui } from "../src/comfyui/inspect-comfyui.ts";
import type { PeerReport } from "./check-peer-sdk.ts";
import { workerTestAttempt } from "./worker-test-input.ts";

const POLL_MS = 1_000;
/** The first prompt loads 31 GB of models. */
const FINISH_WITHIN_MS = 15 * 60_000;

/** Sends one small edit to a real ComfyUI, and cancels another. Costs a few seconds of its GPU. */
export async function checkPeerComfyui(url: string): Promise<PeerReport> {
  const options = { url, httpTimeoutMs: 30_000, fetch };
  const backend = createComfyuiBackend(options);
  const signal = AbortSignal.timeout(FINISH_WITHIN_MS);
  const report: PeerReport = { peer: backend.name, agreed: [], differed: [], knownDifferences: [] };
  const note = (what: string, ok: boolean, found: unknown): void => {
    if (ok) report.agreed.push(what);
    else report.differed.push({ what, found });
  };
  const contracts = GPU_SERVICES.map(({ contract }) => contract);
  const needs = {
    nodeClasses: contracts.flatMap(({ nodeClasses }) => nodeClasses),
    models: contracts.flatMap(({ models }) => models),
  };
  try {
    const inspection = await inspectComfyui(options, needs, signal);
    note("it has every node class and model file", inspection.missing.length === 0, inspection);
    const attempt = workerTestAttempt(`ob-peer-${Date.now()}`);
    const outcome = await backend.submit(attempt, { signal });
    note("it takes our prompt under our id", outcome.kind === "accepted", outcome);
    if (outcome.kind !== "accepted") return report;
    const ended = await untilEnded(() => backend.report(outcome.runpodJobId, signal), signal);
    note("the prompt runs to its end", ended.kind === "completed", ended);
    if (ended.kind === "completed") {
      const want = { filePrefix: attempt.filePrefix, maxBytes: 50_000_000 };
      const reading = await backend.fetchPictures(ended.output, want, signal);
      note("its picture can be fetched", reading.kind === "images", reading.kind);
    }
    const imageNames = attempt.images.map(({ name }) => name);
    await backend.discard({ filePrefix: attempt.filePrefix, imageNames }, signal);
    const after = await backend.report(outcome.runpodJobId, signal);
    note("nothing of it is left in the history", after.kind === "gone", after);
    await cancelAnother(backend, { note, signal });
    return report;
  } finally {
    backend.close();
  }
}

async function cancelAnother(
  backend: ReturnType<typeof createComfyuiBackend>,
  o: { note: (what: string, ok: boolean, found: unknown) => void; signal: AbortSignal },
): Promise<void> {
  const outcome = await backend.submit(workerTestAttempt(`ob-peer-${Date.now()}`), o);
  if (outcome.kind !== "accepted") return o.note("a second prompt is taken", false, outcome);
  await backend.cancel(outcome.runpodJobId, o.signal);
  const ended = await untilEnded(() => backend.report(outcome.runpodJobId, o.signal), o.signal);
  o.note("a prompt that is cancelled ends", ended.kind === "failed", ended);
}

async function untilEnded(
  ask: () => Promise<RunpodReport>,
  signal: AbortSignal,
): Promise<RunpodReport> {
  for (;;) {
    const report = await ask();
    if (report.kind !== "waiting" && report.kind !== "running") return report;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    signal.throwIfAborted();
  }
}
