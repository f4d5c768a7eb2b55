import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { readRunFile } from "../src/supervisor/run-files.ts";
import { SHORT_LEASE } from "./support/short-lease.ts";
import {
  dataFolder,
  partsOf,
  PATIENCE,
  REAL_PARTS,
  startStudio,
} from "./supervisor/start-supervised.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PACK = [
  "--conditions=ob-source",
  join(ROOT, "packages/api/commands/pack-client.ts"),
  "--out",
];
/** What the client depends on is downloaded where nobody had it before. */
const INSTALL_LIMIT_MS = 600_000;
const PHOTO = join(ROOT, "fixtures/photos/rocket.jpg");
const Packed = z.object({
  ok: z.literal(true),
  file: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

/** A program of somebody else's: it knows the package and nothing of this repository. */
const PROGRAM = `
import { readFile, writeFile } from "node:fs/promises";
import { createStudioClient, type Job, readRefusal, type Service } from "@ob-ai-studio/client";

const [url = "", photo = "", out = ""] = process.argv.slice(2);
const studio = createStudioClient({ url });
const services: Service[] = await studio.trpc.services.list.query();
await studio.signInAsGuest();
const asset = await studio.upload(await readFile(photo));
const input = { imageAssetId: asset.assetId, prompt: "เปลี่ยนเสื้อเป็นสีฟ้า" };
const service = services[0]?.id ?? "";
const { credits: quotedCredits } = await studio.trpc.jobs.quote.query({ service, input });
const requestId = crypto.randomUUID();
const job: Job = await studio.trpc.jobs.create.mutate({ requestId, service, input, quotedCredits });
let last: Job = job;
for await (const state of studio.watch(job.id)) {
  last = state;
  console.log(state.status);
}
const refused = await studio.trpc.jobs.get.query({ jobId: crypto.randomUUID() }).catch(readRefusal);
if (refused === null || !("code" in refused) || refused.code !== "JOB_NOT_FOUND") throw new Error("not refused");
const picture = await fetch(last.result?.downloadUrl ?? "");
await writeFile(out, new Uint8Array(await picture.arrayBuffer()));
// @ts-expect-error A service is text: whoever reads this without types reads it as any.
const wrong: number = job.service;
`;

const TSCONFIG = {
  compilerOptions: {
    module: "NodeNext",
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    outDir: "out",
  },
  files: ["edit.ts", "node.d.ts"],
};

/** The few things of Node the program uses: the project has no dependency but the client. */
const NODE_TYPES = `
declare module "node:fs/promises" {
  export function readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  export function writeFile(path: string, bytes: Uint8Array): Promise<void>;
}
declare const process: { argv: string[] };
`;

/** Makes an empty project outside every workspace, with the packed client and nothing else in it. */
async function makeProject(folder: string): Promise<void> {
  const { stdout } = await run(process.execPath, [...PACK, folder]);
  const packed = Packed.parse(JSON.parse(stdout));
  expect(Object.keys(packed.dependencies)).toEqual(["@trpc/client", "eventsource"]);
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
  await writeFile(join(folder, "edit.ts"), PROGRAM);
  await writeFile(join(folder, "node.d.ts"), NODE_TYPES);
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...quiet, packed.file], { cwd: folder });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ob-elsewhere-"));
  await makeProject(folder);
}, INSTALL_LIMIT_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the packed client alone type-checks elsewhere and edits a photo across a killed server", async () => {
  const files = await readdir(join(folder, "node_modules/@ob-ai-studio/client"));
  expect(files).toEqual(["index.d.ts", "index.js", "package.json"]);
  const tsc = join(folder, "node_modules/.bin/tsc");
  await run(tsc, ["-p", "."], { cwd: folder });
  // tRPC's own declarations want Node's, so an exacting check finds fault; ours must not be among it.
  const exacting = await run(tsc, ["-p", ".", "--skipLibCheck", "false"], { cwd: folder }).catch(
    ({ stdout }: { stdout: string }) => ({ stdout }),
  );
  expect(exacting.stdout).not.toContain("@ob-ai-studio");

  const dataDir = await dataFolder();
  const studio = startStudio(dataDir, {
    ...REAL_PARTS,
    SIMULATOR_GPU_MS: "3000",
    GPU_FIGURES: SHORT_LEASE,
  });
  await studio.ready();
  const { server } = await partsOf(dataDir);
  const program = spawn(process.execPath, ["out/edit.js", server.url, PHOTO, "result.png"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  program.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
  program.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = once(program, "exit");
  onTestFinished(() => void program.kill("SIGKILL"));
  // Its stream is open, and the GPU side has the job.
  await vi.waitFor(() => expect(said.out + said.err).toContain("running"), PATIENCE);
  process.kill(server.pid, "SIGKILL");
  expect([await ended, said.err]).toEqual([[0, null], ""]);
  expect(said.out.trim().split("\n").at(-1)).toBe("done");
  expect((await readRunFile(dataDir, "server"))?.pid).not.toBe(server.pid);
  const result = await readFile(join(folder, "result.png"));
  expect(result.subarray(1, 4).toString()).toBe("PNG");
});
