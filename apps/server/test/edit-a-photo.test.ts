import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStudio, type Studio } from "./support/start-studio.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/edit-a-photo.ts", import.meta.url));
const PHOTO = fileURLToPath(new URL("../../../fixtures/photos/rocket.jpg", import.meta.url));

let studio: Studio;
let dir: string;

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 1_500 });
  dir = await mkdtemp(join(tmpdir(), "ob-example-"));
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
  await studio?.stop();
});

test("the example edits a photo from the command line, tells live progress and saves the result", async () => {
  const { width, height } = await sharp(await readFile(PHOTO)).metadata();
  const mask = join(dir, "mask.png");
  const out = join(dir, "result.png");
  const painted = Buffer.alloc(width * height);
  for (let y = 100; y < 200; y += 1) painted.fill(255, y * width + 100, y * width + 200);
  await writeFile(
    mask,
    await sharp(painted, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer(),
  );

  const run = await runExample([
    PHOTO,
    "--mask",
    mask,
    "--prompt",
    "เปลี่ยนเป็นสีฟ้า",
    "--seed",
    "7",
    "--out",
    out,
  ]);

  expect(run.stderr).toBe("");
  expect(run).toMatchObject({ code: 0 });
  expect(run.stdout).toMatch(/^price: 3 credits$/m);
  expect(run.stdout).toMatch(/^running: drawing \d+%/m);
  expect(run.stdout).toMatch(/^done: done/m);
  expect(run.stdout).toMatch(/^changed outside the mask: 0 pixels$/m);
  await expectChangedOnlyInside(out, painted);
});

test("the example says in one line why the studio refused", async () => {
  const broken = join(dir, "broken.jpg");
  await writeFile(broken, "no picture at all");
  const run = await runExample([broken]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/^IMAGE_TYPE_UNSUPPORTED: .+\n$/);
});

test.each([["--sede", "7"], ["--seed"]])(
  "%s is answered with the help, and no stack",
  async (...args) => {
    const run = await runExample([PHOTO, ...args]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("Usage: edit-a-photo <photo> [options]");
    expect(run.stderr).not.toMatch(/\bat .+:\d+:\d+/);
  },
);

test("the example restores an old photo, and grows one to a ratio with a second picture beside it", async () => {
  const restored = join(dir, "restored.webp");
  const old = await runExample([
    PHOTO,
    "--service",
    "photo-restore",
    "--param",
    "denoise=0.5",
    "--out",
    restored,
  ]);
  expect(old).toMatchObject({ code: 0, stderr: "" });
  expect(old.stdout).toMatch(/^price: 5 credits$/m);
  const photo = await sharp(await readFile(PHOTO)).metadata();
  const { format, width, height } = await sharp(await readFile(restored)).metadata();
  expect({ format, width, height }).toEqual({
    format: "webp",
    width: photo.width,
    height: photo.height,
  });

  const out = join(dir, "square.png");
  const grown = await runExample([
    PHOTO,
    "--extra",
    PHOTO,
    "--ratio",
    "1:1",
    "--prompt",
    "ใส่หมวกจากรูปที่ 2",
    "--out",
    out,
  ]);
  expect(grown).toMatchObject({ code: 0, stderr: "" });
  expect(grown.stdout).toMatch(/^instruction: .*Picture 2/m);
  const square = await sharp(await readFile(out)).metadata();
  const side = Math.max(photo.width, photo.height);
  expect([square.width, square.height]).toEqual([side, side]);
});

test("the example lists what every service offers", async () => {
  const { code, stdout } = await runExample(["--list"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^photo-restore: /m);
  expect(stdout).toMatch(/^ {2}--param denoise=0.7 /m);
  expect(stdout).toMatch(/^ {2}--ratio original \| 1:1 /m);
});

async function expectChangedOnlyInside(out: string, painted: Buffer): Promise<void> {
  const before = await sharp(await readFile(PHOTO))
    .autoOrient()
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer();
  const after = await sharp(await readFile(out))
    .removeAlpha()
    .raw()
    .toBuffer();
  expect(after.length).toBe(before.length);
  let outside = 0;
  let inside = 0;
  for (let i = 0; i < before.length; i += 1) {
    if (before[i] === after[i]) continue;
    if (painted[Math.floor(i / 3)] === 0) outside += 1;
    else inside += 1;
  }
  expect(outside).toBe(0);
  expect(inside).toBeGreaterThan(1000);
}

function runExample(
  args: string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [EXAMPLE, ...args, "--url", studio.url], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
