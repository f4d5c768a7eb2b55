import { checkGraph, GPU_SERVICES, parseGraphJson, readObjectInfo } from "@ob/workflow";
import { z } from "zod";
import { broken, type Check, type Finding, ok, type Patient, skipped } from "./finding.ts";
import { probeGraphs } from "./probe-graphs.ts";

const TIMEOUT_MS = 20_000;
const STEM = "ob-doctor";
const SystemStats = z.object({ system: z.object({ comfyui_version: z.string() }) });

/** A ComfyUI server: its version, and whether every graph we may send would be taken, model files included. */
export const checkComfyui: Check = {
  id: "comfyui",
  title: { en: "ComfyUI server", th: "เซิร์ฟเวอร์ ComfyUI" },
  async run(patient) {
    const urls = patient.env.gpu.backends.flatMap((one) =>
      one.kind === "comfyui" ? [one.url] : [],
    );
    if (urls.length === 0) {
      return [
        skipped("No ComfyUI server is configured; --dry-run-job asks the workers of RunPod."),
      ];
    }
    return (await Promise.all(urls.map((url) => checkServer(patient, url)))).flat();
  },
};

async function checkServer(patient: Patient, url: string): Promise<Finding[]> {
  const stats = await ask(patient, url, "/system_stats");
  if (typeof stats !== "string") return [stats];
  const read = SystemStats.safeParse(JSON.parse(stats));
  if (!read.success) {
    return [broken("What answers at COMFYUI_URL is not ComfyUI.", "Check host and port.")];
  }
  const info = await ask(patient, url, "/object_info");
  if (typeof info !== "string") return [info];
  return [judgeVersion(read.data.system.comfyui_version), ...judgeGraphs(parseGraphJson(info))];
}

/** The text of the answer, or what is wrong. */
async function ask({ fetch }: Patient, base: string, path: string): Promise<string | Finding> {
  const url = new URL(base.replace(/\/+$/, "") + path);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const headers: Record<string, string> =
    username === "" ? {} : { authorization: `Basic ${basic.toString("base64")}` };
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.ok) return await answer.text();
    return broken(
      `ComfyUI answered ${answer.status} to ${path}.`,
      answer.status === 401 || answer.status === 403
        ? "Put the user and password its proxy wants into COMFYUI_URL."
        : "Check that COMFYUI_URL names ComfyUI itself, without a path.",
    );
  } catch (error) {
    const said = error instanceof Error ? error.name : "no answer";
    return broken(
      `ComfyUI does not answer (${said}).`,
      "Check that it runs, listens on that address (--listen), and that nothing lies between.",
    );
  }
}

function judgeVersion(version: string): Finding {
  const needed = GPU_SERVICES.flatMap(({ contract }) =>
    contract.nodeClasses.map(({ since }) => since),
  );
  const newest = needed.toSorted(compareVersions).at(-1) ?? "0.0.0";
  if (compareVersions(version, newest) >= 0) return ok(`ComfyUI ${version}.`);
  return broken(`ComfyUI ${version}; the graphs need ${newest}.`, "Update ComfyUI.");
}

function compareVersions(a: string, b: string): number {
  const parts = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  const [left, right] = [parts(a), parts(b)];
  for (let n = 0; n < 3; n += 1) {
    const difference = (left[n] ?? 0) - (right[n] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function judgeGraphs(objectInfo: unknown): Finding[] {
  const { nodeTypes } = readObjectInfo(objectInfo);
  const classes = new Set(
    GPU_SERVICES.flatMap(({ contract }) => contract.nodeClasses.map(({ name }) => name)),
  );
  const lacking = [...classes].filter((name) => !nodeTypes.has(name));
  if (lacking.length > 0) {
    return [broken(`It lacks the node classes ${lacking.join(", ")}.`, "Update ComfyUI.")];
  }
  const probes = probeGraphs(GPU_SERVICES, STEM);
  const complaints = new Set<string>();
  for (const { graph, files } of probes) {
    const verdict = checkGraph(graph, { files, nodeTypes });
    if (verdict.valid) continue;
    const nodes = Object.values(verdict.node_errors).flatMap(({ errors }) => errors);
    const told = nodes.length > 0 ? nodes : verdict.error === null ? [] : [verdict.error];
    for (const { message, details } of told) complaints.add(`${message}: ${details}`.slice(0, 300));
  }
  if (complaints.size === 0) {
    return [ok(`It has every node class and model file that ${probes.length} graphs of ours use.`)];
  }
  return [...complaints].map((says) =>
    broken(
      says,
      "A value that is not in the list is a model file to be put into the folder ComfyUI reads.",
    ),
  );
}
