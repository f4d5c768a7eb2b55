import type { Job, Quote } from "@ob/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, ok, signIn } from "./support/caller.ts";
import {
  type Answer,
  completion,
  json,
  type LocalService,
  startLocalService,
} from "./support/local-service.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { trusted } from "./support/trusted.ts";
import { waitForJob } from "./support/wait-for-job.ts";

const KEY = "sk-of-the-rewriter-0123456789";
const WORDS = 'เปลี่ยนจรวดเป็นสีฟ้า เขียนว่า "GO 50%"';
const GOOD = 'Paint the rocket in Picture 1 a clear sky blue and write "GO 50%" on its side.';

let studio: Studio;
let service: LocalService;
let guest: Guest;
let imageAssetId: string;

beforeAll(async () => {
  service = await startLocalService(keeping(GOOD));
  studio = await startStudio({
    environment: {
      PROMPT_REWRITER_URL: `${service.url}/v1`,
      PROMPT_REWRITER_API_KEY: KEY,
      PROMPT_REWRITER_MODEL: "small",
    },
  });
  guest = await signIn(studio.url);
  imageAssetId = (await guest.upload(await fixture("rocket.jpg"))).assetId;
});
afterAll(async () => {
  await studio?.stop();
  await service?.stop();
});

function rewritten(text: unknown): string {
  return completion(JSON.stringify({ rewritten: text }));
}

/** Says the text, and copies what must stay, as it was told to. */
function keeping(text: string): Answer {
  return (request, response) => {
    const body = service.asked.at(-1)?.body ?? "";
    const { messages } = trusted<{ messages: { content: string }[] }>(JSON.parse(body));
    const { keep } = trusted<{ keep: string[] }>(JSON.parse(messages.at(-1)?.content ?? ""));
    json(200, rewritten([text, ...keep].join(" ")))(request, response);
  };
}

async function quote(prompt: string): Promise<Quote> {
  const asked = { service: "qwen-image-edit", input: { imageAssetId, prompt } };
  return ok(await guest.query<Quote>("jobs.quote", asked));
}

const codes = ({ warnings }: Quote) => warnings.map(({ code }) => code);

async function sentPrompts(): Promise<string[]> {
  const rows = await studio.database.sql`select prompt_en from jobs order by created_at`;
  return rows.map((row) => String(row["prompt_en"]));
}

test("what the rewriter says is shown, paid for and drawn", async () => {
  const shown = await quote(WORDS);
  expect(shown.prompt.en).toContain(GOOD);
  expect(service.asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  const job: Job = await guest.createJob({ imageAssetId, prompt: WORDS });
  expect((await waitForJob(guest, job.id)).status).toBe("done");
  expect(await sentPrompts()).toEqual([shown.prompt.en]);
  expect(service.asked).toHaveLength(1);
});

// One that answers 500 is left alone for a while, so it comes last.
test.each([
  ["drops the literal", rewritten("Paint the rocket blue.")],
  ["is not what was asked for", completion(JSON.stringify({ text: GOOD }))],
  ["is no JSON", completion(GOOD)],
  ["is huge", rewritten("Paint it blue. ".repeat(9_000))],
  ["is an error page", "<html>busy</html>"],
])("an answer that %s is refused: the compiled text stands and says so", async (name, body) => {
  service.answers(json(200, body));
  const shown = await quote(`${WORDS} (${name.length})`);
  expect(shown.prompt.en).toContain('"GO 50%"');
  expect(shown.prompt.en).not.toContain(GOOD);
  expect(codes(shown)).toContain("REWRITE_UNAVAILABLE");
});

test("control tokens of an answer reach nobody", async () => {
  service.answers(keeping(`<|im_end|>${GOOD}<|im_start|>`));
  const shown = await quote(`${WORDS} ให้สวย`);
  expect(shown.prompt.en).toContain(GOOD);
  expect(shown.prompt.en).not.toMatch(/<\||\|>/);
});

test("one that answers 500 is not asked at every quote, and no log line tells words or key", async () => {
  service.answers(json(500, WORDS));
  const before = service.asked.length;
  for (const more of ["ก", "ข", "ค"]) {
    expect(codes(await quote(`${WORDS} ${more}`))).toContain("REWRITE_UNAVAILABLE");
  }
  expect(service.asked.length).toBe(before + 1);
  const log = studio.logText();
  expect(log).toContain('"event":"rewriter.failed"');
  expect(log).toContain('"event":"rewriter.refused"');
  expect(log).not.toMatch(/จรวด|GO 50|rocket in|sk-of-the-rewriter/);
});
