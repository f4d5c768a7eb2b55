import { Buffer } from "node:buffer";

import type { RunpodReport } from "../src/backend.ts";
import { createRunpodClient } from "../src/client.ts";
import type { PeerSdk } from "./peer-sdk.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

/** One way a worker ends a job, and what our client must make of it. */
interface PeerCase {
  name: string;
  end: "return" | "raise";
  returns?: unknown;
  expects: (report: RunpodReport) => boolean;
}

const CASES: readonly PeerCase[] = [
  {
    name: "pictures in worker-comfyui's shape reach us unchanged",
    end: "return",
    returns: {
      images: [{ filename: "ob-1_00001_.png", type: "base64", data: PNG.toString("base64") }],
    },
    expects: (report) => report.kind === "completed",
  },
  {
    name: "an error the handler returns is a failed job in its own words",
    end: "return",
    returns: { error: "Job processing failed", details: ["Workflow execution error: …"] },
    expects: (report) => report.kind === "failed" && report.failure.status === "FAILED",
  },
  {
    name: "a refused graph is not worth another try",
    end: "return",
    returns: { error: "Workflow validation failed:\n• Node 37 (errors): []" },
    expects: (report) => report.kind === "failed" && report.failure.cause === "validation",
  },
  {
    name: "a handler that raises is a failed job, and its cause is found in the traceback",
    end: "raise",
    expects: (report) => report.kind === "failed" && report.failure.cause === "out-of-memory",
  },
];

export interface PeerReport {
  peer: string;
  agreed: string[];
  differed: { what: string; found: unknown }[];
  /** Where the local server is not the cloud, as known from its source. */
  knownDifferences: string[];
}

/** Asks RunPod's own SDK, through its local server, what its jobs look like to our client. */
export async function checkPeerSdk(peer: PeerSdk): Promise<PeerReport> {
  const report: PeerReport = {
    peer: `runpod-python ${peer.version}, local server`,
    agreed: [],
    differed: [],
    knownDifferences: [
      "/status is POST only and runs the job when asked; ours asks with GET, as the cloud answers",
      "there is no /cancel, no /health, no key, and an unknown id is FAILED, not 404",
      'a job that failed shows its error without the rest of its output ("details")',
      'the webhook carries {"output": …} alone, not the job',
    ],
  };
  for (const each of CASES) {
    const found = await runCase(peer, each);
    if (found !== null && each.expects(found)) report.agreed.push(each.name);
    else report.differed.push({ what: each.name, found });
  }
  return report;
}

async function runCase(peer: PeerSdk, { end, returns }: PeerCase): Promise<RunpodReport | null> {
  const signal = AbortSignal.timeout(30_000);
  const client = createRunpodClient({
    baseUrl: peer.url,
    endpointId: "local",
    apiKey: "none",
    httpTimeoutMs: 20_000,
    outputHosts: [],
    // The local server has neither the endpoint in its paths nor a GET for the status.
    fetch: (input, init) => {
      const asked = input instanceof Request ? input.url : input.toString();
      const url = asked.replace("/local/", "/");
      return fetch(url, url.includes("/status/") ? { ...init, method: "POST" } : init);
    },
  });
  const response = await fetch(`${peer.url}/run`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ input: { end, returns }, policy: { ttl: 600_000 } }),
    signal,
  });
  const job: unknown = await response.json();
  const id = typeof job === "object" && job !== null && "id" in job ? String(job.id) : null;
  return id === null ? null : client.report(id, signal);
}
