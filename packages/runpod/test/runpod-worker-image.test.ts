import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { checkGraph, GPU_SERVICES } from "@ob/workflow";
import { expect, test } from "vitest";
import { z } from "zod";

import { LEAST_COMFYUI_VERSION } from "../src/comfyui/least-version.ts";
import { workerTestInput } from "../commands/worker-test-input.ts";
import { searchPathFrom } from "./support/search-path.ts";

const IMAGE = new URL("../../../deploy/runpod-worker/", import.meta.url);

/** Where ComfyUI and worker-comfyui's volume mapping both look for what a loader names. */
const FOLDERS: Readonly<Record<string, string>> = {
  UNETLoader: "unet",
  CLIPLoader: "clip",
  VAELoader: "vae",
  LoraLoaderModelOnly: "loras",
};

const Models = z.object({
  models: z.array(
    z.object({
      file: z.string(),
      folder: z.string(),
      loader: z.string(),
      url: z.url({ protocol: /^https$/, hostname: /^huggingface\.co$/ }),
      bytes: z.number().int().positive().nullable(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
    }),
  ),
});

const Job = z.object({
  input: z.object({ workflow: z.unknown(), images: z.array(z.object({ name: z.string() })) }),
});

async function read(name: string): Promise<string> {
  return readFile(new URL(name, IMAGE), "utf8");
}

test("the image carries every model file that a graph of ours names, where its loader looks", async () => {
  const { models } = Models.parse(JSON.parse(await read("models.json")));
  const carried = models.map(({ file, folder, loader, url }) => {
    expect(url.endsWith(`/${file}`)).toBe(true);
    return { loader, file, folder };
  });
  const needed = GPU_SERVICES.flatMap(({ contract }) => contract.models).map(
    ({ loader, file }) => ({ loader, file, folder: FOLDERS[loader] }),
  );
  expect(new Set(carried.map((each) => JSON.stringify(each)))).toEqual(
    new Set(needed.map((each) => JSON.stringify(each))),
  );
});

test("the image fetches each of its folders, and nothing in it is fetched unpinned from elsewhere", async () => {
  const { models } = Models.parse(JSON.parse(await read("models.json")));
  const dockerfile = await read("Dockerfile");
  for (const { folder } of models) expect(dockerfile).toContain(`--only ${folder}`);
  expect(dockerfile).toMatch(/^ARG BASE=runpod\/worker-comfyui:\d+\.\d+\.\d+-base\S*$/m);
  expect(dockerfile).not.toMatch(/curl|wget|:latest/);
});

test("the image's test input is today's graph, and ComfyUI takes it", async () => {
  const input = workerTestInput();
  const isUpToDate = (await read("test_input.json")) === `${JSON.stringify(input, null, 2)}\n`;
  // When this fails, the graphs have changed: `npm run worker:test-input` writes it anew.
  expect(isUpToDate).toBe(true);
  const { workflow, images } = Job.parse(input).input;
  const files = images.map(({ name }) => name);
  expect(checkGraph(workflow, { files })).toMatchObject({ valid: true, node_errors: {} });
});

test("the Python of the image keeps its own tests", ({ skip }) => {
  const found = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]);
  if (found.status !== 0) return skip("there is no Python 3.9 here");
  const run = spawnSync(
    "python3",
    ["-B", "-m", "unittest", "discover", "-s", fileURLToPath(IMAGE), "-k", "test_"],
    { encoding: "utf8" },
  );
  expect(run.stderr).toMatch(/Ran ([34]\d) tests/);
  expect(run.status).toBe(0);
});

test("the script that fills a volume is sound Bash, and says how it is called", ({ skip }) => {
  const script = fileURLToPath(new URL("fill-volume.sh", IMAGE));
  if (spawnSync("bash", ["--version"]).status !== 0) return skip("there is no Bash here");
  expect(spawnSync("bash", ["-n", script]).status).toBe(0);
  const usage = spawnSync("bash", [script], { encoding: "utf8" });
  expect(usage.status).toBe(2);
  expect(usage.stderr).toContain("fill-volume.sh pod");
});

test("a volume is filled on a network volume, not on a pod's own disk unless that is said", async ({
  skip,
}) => {
  if (spawnSync("bash", ["--version"]).status !== 0) return skip("there is no Bash here");
  const script = fileURLToPath(new URL("fill-volume.sh", IMAGE));
  const tools = await mkdtemp(join(tmpdir(), "ob-pod-"));
  try {
    // The pod: what its kernel says of /workspace, and a Python that says what it would fetch into.
    await writeFile(join(tools, "python3"), '#!/bin/sh\necho "fetches: $*"\n', { mode: 0o755 });
    const onPod = async (mount: string, environment: Record<string, string> = {}) => {
      const says = mount === "" ? "exit 1" : `echo "${mount}"`;
      await writeFile(join(tools, "findmnt"), `#!/bin/sh\n${says}\n`, { mode: 0o755 });
      return spawnSync("bash", [script, "pod"], {
        encoding: "utf8",
        env: { PATH: searchPathFrom(tools), ...environment },
      });
    };
    const volume = await onPod("mfs#eur-is-1.runpod.net:9421 fuse 2.1P");
    expect(volume.status).toBe(0);
    expect(volume.stdout).toContain("mfs#eur-is-1.runpod.net:9421 (fuse), 2.1P");
    expect(volume.stdout).toMatch(/fetches: .*--into \/workspace\/models/);

    const own = await onPod("/dev/md127[/volumes/x] xfs 20G");
    expect(own.status).toBe(2);
    expect(own.stderr).toContain("looks like the pod's own disk");
    expect(own.stdout).not.toContain("fetches");

    const nothing = await onPod("");
    expect(nothing.status).toBe(2);
    expect(nothing.stderr).toContain("nothing is mounted at /workspace");

    const said = await onPod("/dev/md127 xfs 20G", { VOLUME_ROOT: "/workspace" });
    expect(said.status).toBe(0);
    expect(said.stdout).toContain("--into /workspace/models");
  } finally {
    await rm(tools, { recursive: true, force: true });
  }
});

test("image, guide and advice ask for the same ComfyUI: the newest that any graph of ours needs", async () => {
  const image = await readFile(new URL("Dockerfile", IMAGE), "utf8");
  const guide = await readFile(new URL("../../docs/runpod.md", IMAGE), "utf8");
  const tuple = LEAST_COMFYUI_VERSION.split(".").join(", ");
  expect(image).toContain(`assert found >= (${tuple})`);
  expect(image).toContain(`our graphs need ${LEAST_COMFYUI_VERSION}"`);
  expect(guide).toContain(`our graphs need ${LEAST_COMFYUI_VERSION}`);
  const needed = GPU_SERVICES.flatMap(({ contract }) =>
    contract.nodeClasses.map(({ since }) => since),
  );
  const byNumber = new Intl.Collator("en", { numeric: true });
  expect(needed.toSorted((a, b) => byNumber.compare(a, b)).at(-1)).toBe(LEAST_COMFYUI_VERSION);
});
