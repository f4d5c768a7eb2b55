// `npm run pack:client [-- --out <folder>]`: the typed client as one tarball, for programs outside this
// repository. One JSON document on stdout. Exit 0: packed; 2: could not.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { z } from "zod";

const PACKAGE_DIR = resolve(import.meta.dirname, "..");
const ENTRY = join(PACKAGE_DIR, "src/client/index.ts");
/** What the client is installed with; everything else is inside the tarball. */
const RUNTIME = ["@trpc/client", "eventsource"] as const;
const PEER = "@trpc/server";

const Manifest = z.object({ version: z.string() });
const Packed = z.array(z.object({ filename: z.string(), size: z.number() })).length(1);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { out: { type: "string", default: "." } } });
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "ob-client-"));
  try {
    await bundleCode(folder);
    await bundleTypes(folder);
    const manifest = await writeManifest(folder);
    const { stdout } = await promisify(execFile)("npm", ["pack", "--json", "--silent"], {
      cwd: folder,
      env: { ...npmSettings(), npm_config_pack_destination: out },
    });
    const [packed] = Packed.parse(JSON.parse(stdout));
    print({ ok: true, file: join(out, packed?.filename ?? ""), bytes: packed?.size, ...manifest });
    return 0;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `npm run` hands its own settings down, which would make the inner `npm` act on this workspace. */
function npmSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/.test(name)),
  );
}

async function bundleCode(folder: string): Promise<void> {
  const bundle = await rolldown({
    input: ENTRY,
    external: isExternal,
    logLevel: "warn",
    platform: "neutral",
    transform: { target: "es2022" },
  });
  await bundle.write({ dir: folder, entryFileNames: "index.js", format: "esm" });
}

/** Declarations of the client and of all it names, rolled into one file: what it does not name falls away. */
async function bundleTypes(folder: string): Promise<void> {
  const types = await mkdtemp(join(tmpdir(), "ob-client-types-"));
  try {
    const tsc = join(PACKAGE_DIR, "node_modules/.bin/tsc");
    const project = join(PACKAGE_DIR, "tsconfig.client.json");
    await promisify(execFile)(tsc, ["--project", project, "--outDir", types]);
    const bundle = await rolldown({
      input: join(types, "client/index.d.ts"),
      external: isExternal,
      logLevel: "warn",
      plugins: [dts({ dtsInput: true, emitDtsOnly: true, generator: "oxc" })],
    });
    await bundle.write({ dir: folder, entryFileNames: "index.d.ts" });
  } finally {
    await rm(types, { recursive: true });
  }
}

function isExternal(specifier: string): boolean {
  return [...RUNTIME, PEER].some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

async function writeManifest(folder: string) {
  const { version } = Manifest.parse(await readJson(join(PACKAGE_DIR, "package.json")));
  const pinned = async (name: string) => [name, await installedVersion(name)] as const;
  const manifest = {
    name: "@ob-ai-studio/client",
    version,
    description: "Typed client of OB AI Studio: Thai-first AI photo editing.",
    license: "MIT",
    type: "module",
    engines: { node: ">=20" },
    sideEffects: false,
    exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
    files: ["index.js", "index.d.ts"],
    dependencies: Object.fromEntries(await Promise.all(RUNTIME.map(pinned))),
    peerDependencies: Object.fromEntries([await pinned(PEER)]),
  };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const { name, dependencies, peerDependencies } = manifest;
  return { name, version, dependencies, peerDependencies };
}

async function installedVersion(name: string): Promise<string> {
  const path = join(PACKAGE_DIR, "node_modules", name, "package.json");
  return Manifest.parse(await readJson(path)).version;
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}

function print(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  print({ ok: false, error: error instanceof Error ? error.message : String(error) });
  return 2;
});
