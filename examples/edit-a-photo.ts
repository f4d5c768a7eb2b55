// Edits a photo from the command line (after `npm run build`, Node 24):
//   node examples/edit-a-photo.ts photo.jpg --mask mask.png \
//     --option background=studio-white --prompt "พื้นหลังสีครีม" --out result.png
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { createStudioClient, type Job, readRefusal, type StudioClient } from "@ob/api/client";

const HELP = `Usage: edit-a-photo <photo> [options]

  --service <id>          qwen-image-edit (default), photo-restore; --list shows what there is
  --extra <photo>         a further picture, "รูปที่ 2" in the text; twice for a third
  --mask <file>           PNG or WebP of the same shape: white = change, black = keep
  --option <id>=<choice>  may be repeated
  --param <id>=<number>   may be repeated
  --ratio <ratio>         original (default), 1:1, 4:5 …: the picture grows, nothing is cut off
  --prompt <text>         free text, Thai or English
  --mode <id>             the service's first, unless said
  --seed <n>              the same seed gives the same picture
  --out <file>            result.png, .jpg or .webp  [result.png]
  --url <origin>          [http://localhost:3000]
  --token <token>         of an earlier guest; without it a new guest is made
  --list                  shows the services and their options, and ends
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const parsed = readArguments(args);
  if (parsed === null) {
    process.stderr.write(HELP);
    return 2;
  }
  const { values, positionals } = parsed;
  const client = createStudioClient({
    url: values.url,
    ...(values.token === undefined ? {} : { token: values.token }),
  });
  try {
    if (values.list) return await list(client);
    const [photo] = positionals;
    if (photo === undefined) {
      process.stderr.write(HELP);
      return 2;
    }
    return await edit(client, { photo, ...values });
  } catch (thrown) {
    process.stderr.write(`${explain(thrown)}\n`);
    return 2;
  }
}

/** Null = not understood; why stands on stderr. */
function readArguments(args: string[]) {
  try {
    return parseArguments(args);
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n`);
    return null;
  }
}

function parseArguments(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      service: { type: "string", default: "qwen-image-edit" },
      extra: { type: "string", multiple: true, default: [] },
      mask: { type: "string" },
      param: { type: "string", multiple: true, default: [] },
      ratio: { type: "string" },
      option: { type: "string", multiple: true, default: [] },
      prompt: { type: "string" },
      mode: { type: "string" },
      seed: { type: "string" },
      out: { type: "string", default: "result.png" },
      url: { type: "string", default: "http://localhost:3000" },
      token: { type: "string" },
      list: { type: "boolean", default: false },
    },
  });
}

interface Edit {
  photo: string;
  service: string;
  extra: string[];
  param: string[];
  ratio?: string | undefined;
  mask?: string | undefined;
  option: string[];
  prompt?: string | undefined;
  mode?: string | undefined;
  seed?: string | undefined;
  out: string;
  token?: string | undefined;
}

async function edit(client: StudioClient, request: Edit): Promise<number> {
  // Before anything is paid: a picture that cannot be saved is no use.
  await mkdir(dirname(request.out), { recursive: true });
  if (request.token === undefined) {
    const { token } = await client.signInAsGuest();
    say(`guest: pass --token ${token} to stay the same one`);
  }
  const { service } = request;
  const input = await prepareInput(client, request);
  const quote = await client.trpc.jobs.quote.query({ service, input });
  say(`price: ${quote.credits} credits`);
  say(`instruction: ${quote.prompt.en}`);
  for (const warning of quote.warnings) say(`note: ${warning.message.en}`);

  const created = await client.trpc.jobs.create.mutate({
    requestId: crypto.randomUUID(),
    service,
    input,
    quotedCredits: quote.credits,
    quotedServiceVersion: quote.serviceVersion,
  });
  say(`job: ${created.id}`);
  let job: Job = created;
  for await (job of client.watch(created.id)) say(describe(job));
  if (job.result === null) {
    say(`no picture: ${job.error?.message.en ?? job.status}`);
    return 1;
  }
  const url = `${job.result.downloadUrl}?format=${formatOf(request.out)}`;
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the result answered ${answer.status}`);
  await writeFile(request.out, new Uint8Array(await answer.arrayBuffer()));
  const { changedOutsideMask } = job.result.fidelity;
  if (changedOutsideMask !== null) say(`changed outside the mask: ${changedOutsideMask} pixels`);
  say(`saved: ${request.out} (${job.result.width}×${job.result.height})`);
  return 0;
}

/** Uploads every picture and says what is wanted of them. */
async function prepareInput(client: StudioClient, request: Edit) {
  const photo = await client.upload(await readFile(request.photo));
  say(`photo: ${photo.width}×${photo.height}`);
  const extras: string[] = [];
  for (const file of request.extra)
    extras.push((await client.upload(await readFile(file))).assetId);
  const mask =
    request.mask === undefined ? null : await client.upload(await readFile(request.mask), "mask");
  return {
    imageAssetId: photo.assetId,
    ...(extras.length === 0 ? {} : { extraImageAssetIds: extras }),
    ...(mask === null ? {} : { maskAssetId: mask.assetId }),
    options: Object.fromEntries(request.option.map(readPair)),
    params: Object.fromEntries(request.param.map(readPair).map(([id, text]) => [id, Number(text)])),
    ...(request.prompt === undefined ? {} : { prompt: request.prompt }),
    ...(request.ratio === undefined ? {} : { ratio: request.ratio }),
    ...(request.mode === undefined ? {} : { mode: request.mode }),
    ...(request.seed === undefined ? {} : { seed: Number(request.seed) }),
  };
}

async function list(client: StudioClient): Promise<number> {
  for (const service of await client.trpc.services.list.query()) {
    say(`${service.id}: ${service.title.en}`);
    for (const mode of service.modes) say(`  --mode ${mode.id}  ${mode.credits} credits`);
    if (service.ratios.length > 1) say(`  --ratio ${service.ratios.join(" | ")}`);
    if (service.images.max > 1) say(`  --extra <photo>, up to ${service.images.max - 1} times`);
    for (const { id, title, min, max, default: usual } of service.params) {
      say(`  --param ${id}=${usual}  ${min} to ${max}  ${title.th} · ${title.en}`);
    }
    for (const option of service.options) {
      for (const choice of option.choices) {
        say(`  --option ${option.id}=${choice.id}  ${choice.title.th} · ${choice.title.en}`);
      }
    }
  }
  return 0;
}

function readPair(text: string): [string, string] {
  const [id = "", value = ""] = text.split("=", 2);
  return [id, value];
}

function describe(job: Job): string {
  const percent = job.progress === null ? "" : ` ${Math.round(job.progress * 100)}%`;
  const place = job.queuePosition === null ? "" : `, place ${job.queuePosition}`;
  const eta =
    job.etaSeconds === null ? "" : `, ${job.etaSeconds.low}–${job.etaSeconds.high} s left`;
  return `${job.status}: ${job.stage}${percent}${place}${eta}`;
}

function formatOf(file: string): "png" | "jpeg" | "webp" {
  if (/\.jpe?g$/i.test(file)) return "jpeg";
  return /\.webp$/i.test(file) ? "webp" : "png";
}

function explain(thrown: unknown): string {
  const refusal = readRefusal(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return refusal === null ? message : `${refusal.code}: ${message}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
