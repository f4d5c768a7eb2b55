// Writes docs/before-and-after.md and its pictures from the real product, with the simulator as GPU:
// node --conditions=ob-source scripts/make-before-and-after.ts (after `npm run build`)
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createStudioClient, type Job, type StudioClient } from "@ob/api/client";
import sharp from "sharp";
import { startStudio } from "../e2e/start-studio.ts";

const PHOTOS = join(import.meta.dirname, "../../../fixtures/photos");
const DOCS = join(import.meta.dirname, "../../../docs");
const PICTURES = join(DOCS, "before-and-after");
const SHOWN_PX = 560;

/** An ellipse in shares of the picture's sides. */
interface Ellipse {
  x: number;
  y: number;
  rx: number;
  ry: number;
}

interface Case {
  name: string;
  title: string;
  service: string;
  photo: string;
  painted?: Ellipse;
  extras?: readonly string[];
  /** Taken from the photo as an old print would be: without colour. */
  grey?: boolean;
  input: {
    options?: Record<string, string>;
    params?: Record<string, number>;
    prompt?: string;
    ratio?: string;
    mode?: string;
  };
}

const EDIT = "qwen-image-edit";
const CASES: readonly Case[] = [
  {
    name: "small-mask-12-mp",
    title: "A small painted area of a 12 MP photo: the model sees its surroundings at full detail",
    service: EDIT,
    photo: "coffee-12mp-rotated.jpg",
    painted: { x: 0.48, y: 0.37, rx: 0.12, ry: 0.09 },
    input: { prompt: "เปลี่ยนกาแฟเป็นชาเขียวมัทฉะ", mode: "fast", options: {} },
  },
  {
    name: "large-mask",
    title: "Clothes painted over",
    service: EDIT,
    photo: "astronaut.png",
    painted: { x: 0.48, y: 0.75, rx: 0.34, ry: 0.22 },
    input: { options: { outfit: "thai-silk" }, mode: "quality" },
  },
  {
    name: "display-p3",
    title: "A Display P3 photo, its sky painted over",
    service: EDIT,
    photo: "rocket-display-p3.jpg",
    painted: { x: 0.25, y: 0.3, rx: 0.2, ry: 0.24 },
    input: { prompt: "เพิ่มพลุบนท้องฟ้า", mode: "fast" },
  },
  {
    name: "ratio-only",
    title: "Another ratio and nothing else: every pixel of the photo stays",
    service: EDIT,
    photo: "rocket.jpg",
    input: { ratio: "9:16" },
  },
  {
    name: "ratio-mask-three-pictures",
    title: "Painted, widened, with two further pictures, in mode aligned",
    service: EDIT,
    photo: "astronaut.png",
    painted: { x: 0.45, y: 0.25, rx: 0.16, ry: 0.19 },
    extras: ["chelsea.png", "coffee.png"],
    input: { ratio: "16:9", mode: "aligned", prompt: "ใส่หมวกให้เหมือนในรูปที่ 2" },
  },
  {
    name: "whole-picture",
    title: "Nothing painted: the whole picture is the model's",
    service: EDIT,
    photo: "chelsea.png",
    input: { options: { light: "golden-hour" }, mode: "fast" },
  },
  {
    name: "photo-restore",
    title: "An old photo restored",
    service: "photo-restore",
    photo: "astronaut.png",
    grey: true,
    input: { params: { denoise: 0.7, megapixels: 1 } },
  },
];

interface Made {
  wanted: Case;
  instruction: string;
  job: Job;
}

async function makeCase(client: StudioClient, wanted: Case): Promise<Made> {
  const photo = await readPhoto(wanted);
  const { width, height } = (await sharp(photo).metadata()).autoOrient;
  const picture = await client.upload(photo);
  const extras = await Promise.all(
    (wanted.extras ?? []).map(async (name) => client.upload(await readFile(join(PHOTOS, name)))),
  );
  const mask =
    wanted.painted === undefined
      ? null
      : await client.upload(await paint(wanted.painted, { width, height }), "mask");
  const { service } = wanted;
  const input = {
    ...wanted.input,
    seed: 11,
    imageAssetId: picture.assetId,
    ...(extras.length === 0 ? {} : { extraImageAssetIds: extras.map((extra) => extra.assetId) }),
    ...(mask === null ? {} : { maskAssetId: mask.assetId }),
  };
  const quote = await client.trpc.jobs.quote.query({ service, input });
  const created = await client.trpc.jobs.create.mutate({
    requestId: crypto.randomUUID(),
    service,
    input,
    quotedCredits: quote.credits,
  });
  let job: Job = created;
  for await (job of client.watch(created.id));
  if (job.result === null) throw new Error(`${wanted.name}: ${job.status} ${job.error?.code}`);
  const answer = await fetch(job.result.url);
  await show(photo, `${wanted.name}-before`);
  await show(new Uint8Array(await answer.arrayBuffer()), `${wanted.name}-after`);
  return { wanted, instruction: quote.prompt.en, job };
}

/** The file as a user has it. */
async function readPhoto({ photo, grey }: Case): Promise<Uint8Array> {
  const file = await readFile(join(PHOTOS, photo));
  return grey === true ? sharp(file).greyscale().png().toBuffer() : file;
}

function paint(
  { x, y, rx, ry }: Ellipse,
  { width, height }: { width: number; height: number },
): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#000"/>
    <ellipse cx="${x * width}" cy="${y * height}" rx="${rx * width}" ry="${ry * height}" fill="#fff"/>
  </svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

async function show(picture: Uint8Array, name: string): Promise<void> {
  await sharp(picture)
    .autoOrient()
    .resize({ width: SHOWN_PX, height: SHOWN_PX, fit: "inside" })
    .webp({ quality: 80 })
    .toFile(join(PICTURES, `${name}.webp`));
}

function describe({ wanted, instruction, job }: Made): string {
  const { name, title, input } = wanted;
  const result = job.result;
  if (result === null) throw new Error(`${name} has no result`);
  const { comparedPixels, changedOutsideMask, shiftPx, similarity, ...more } = result.fidelity;
  const facts = [
    `${result.width}×${result.height} px`,
    ...(comparedPixels === null
      ? []
      : [`${changedOutsideMask} of ${comparedPixels.toLocaleString("en")} kept pixels changed`]),
    ...(shiftPx === null ? [] : [`model's shift ${shiftPx.toFixed(2)} px, undone`]),
    ...Object.entries(more).flatMap(([key, value]) =>
      typeof value === "number" ? [`${key} ${value.toFixed(3)}`] : [],
    ),
    `similarity ${similarity.toFixed(3)}`,
  ];
  return [
    `## ${title}`,
    `\`${JSON.stringify(input)}\` · ${job.serviceVersion}`,
    `> ${instruction}`,
    `| before | after |\n| --- | --- |\n| ![before](before-and-after/${name}-before.webp) | ![after](before-and-after/${name}-after.webp) |`,
    facts.join(" · "),
  ].join("\n\n");
}

await mkdir(PICTURES, { recursive: true });
const studio = await startStudio({ SIMULATOR_GPU_MS: "300", SIMULATOR_QUEUE_MS: "0" });
try {
  const client = createStudioClient({ url: studio.origin });
  await client.signInAsGuest();
  const made: Made[] = [];
  for (const wanted of CASES) {
    // A guest's credits do not last for all of them.
    if (made.length % 3 === 0) await client.signInAsGuest();
    made.push(await makeCase(client, wanted));
  }
  const page = [
    "# Before and after",
    "What the whole path makes of real photos, with the simulator in the place of the GPU: it shifts the picture by 2 px, alters it everywhere and writes SIMULATED where it may draw. What is untouched below is what the paste-back kept. Written by `apps/web/scripts/make-before-and-after.ts`.",
    ...made.map(describe),
  ];
  await writeFile(join(DOCS, "before-and-after.md"), `${page.join("\n\n")}\n`);
} finally {
  await studio.stop();
}
