import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** One chunk of Vite's manifest. */
interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  assets?: string[];
}
type Manifest = Record<string, Chunk>;

/** Sizes a first visit costs, in bytes; scripts and styles gzipped, fonts as they are. */
export interface Sizes {
  readonly landingJs: number;
  /** What opening the studio adds to the landing page. */
  readonly studioJs: number;
  readonly css: number;
  readonly fonts: number;
}

/** Most bytes each may cost; see the quality goals. */
export const BUDGETS: Sizes = {
  landingJs: 150_000,
  studioJs: 60_000,
  css: 15_000,
  fonts: 60_000,
};

const ENTRY = "index.html";
const STUDIO = "src/app/routes/studio-page.tsx";
/** The language a Thai first visit loads beside the entry. */
const CATALOGUE = "src/shared/i18n/locales/th.po";

/** Measures a build. @throws {Error} when it lacks a part that is to be measured. */
export async function measureSizes(distDir: string): Promise<Sizes> {
  const manifest = parseManifest(await readFile(join(distDir, ".vite/manifest.json"), "utf8"));
  const landing = new Set([...closure(manifest, ENTRY), ...closure(manifest, CATALOGUE)]);
  const studio = [...closure(manifest, STUDIO)].filter((key) => !landing.has(key));
  const css = new Set([...landing, ...studio].flatMap((key) => chunkOf(manifest, key).css ?? []));
  const fonts = new Set(
    [...landing].flatMap((key) => chunkOf(manifest, key).assets ?? []).filter(isFont),
  );
  const gzipped = async (files: Iterable<string>) => sum(files, distDir, true);
  return {
    landingJs: await gzipped(filesOf(manifest, landing)),
    studioJs: await gzipped(filesOf(manifest, studio)),
    css: await gzipped(css),
    fonts: await sum(fonts, distDir, false),
  };
}

function filesOf(manifest: Manifest, keys: Iterable<string>): Set<string> {
  return new Set([...keys].map((key) => chunkOf(manifest, key).file));
}

function closure(manifest: Manifest, start: string): Set<string> {
  const found = new Set<string>();
  const visit = (key: string) => {
    if (found.has(key)) return;
    found.add(key);
    for (const next of chunkOf(manifest, key).imports ?? []) visit(next);
  };
  visit(start);
  return found;
}

function chunkOf(manifest: Manifest, key: string): Chunk {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`the build has no ${key}`);
  return chunk;
}

async function sum(files: Iterable<string>, distDir: string, isGzipped: boolean): Promise<number> {
  let total = 0;
  for (const file of files) {
    const bytes = await readFile(join(distDir, file));
    total += isGzipped ? gzipSync(bytes).length : bytes.length;
  }
  return total;
}

function isFont(file: string): boolean {
  return file.endsWith(".woff2");
}

function parseManifest(text: string): Manifest {
  const value: unknown = JSON.parse(text);
  if (!isManifest(value)) throw new Error("not a Vite manifest");
  return value;
}

/** Safe: Vite writes this file in this shape; a missing part is found by name when it is needed. */
function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null;
}
