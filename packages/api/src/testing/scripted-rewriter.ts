import { jobs } from "@ob/db";
import type { RewriteRequest } from "@ob/workflow";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { newJob, setup, type World } from "./setup.ts";

/** A request with a text that must stay letter for letter. */
export const WORDS = 'เปลี่ยนเสื้อเป็นสีฟ้า เขียนว่า "SALE 50%"';
/** It in better words. */
export const GOOD =
  'Change the shirt in Picture 1 to a soft sky blue cotton shirt and write "SALE 50%" on it.';

type Script = (request: RewriteRequest) => string;

const Asked = z.object({ keep: z.array(z.string()) });

/** Says the text, and copies what must stay, as it was told to. */
export function keeping(text: string): Script {
  return ({ messages }) => {
    const { keep } = Asked.parse(JSON.parse(messages.at(-1)?.content ?? ""));
    return JSON.stringify({ rewritten: [text, ...keep].join(" ") });
  };
}

/** A rewriter that answers as told, and counts. */
function createScriptedRewriter() {
  const asked: RewriteRequest[] = [];
  let answer: Script = keeping(GOOD);
  return {
    asked,
    answers(next: Script) {
      answer = next;
    },
    async rewrite(request: RewriteRequest) {
      asked.push(request);
      return answer(request);
    },
  };
}

/** A world with a rewriter that answers as told, and requests for it. */
export async function startRewriting() {
  const rewriter = createScriptedRewriter();
  const world = await setup({ rewriter, credits: 60 });
  const asked = (more: object = {}) =>
    newJob({ imageAssetId: world.imageAssetId, prompt: WORDS, ...more });
  return { rewriter, world, asked };
}

/** The instruction a job was stored with. */
export async function promptOf(world: World, jobId: string) {
  const [row] = await world.db.select({ en: jobs.promptEn }).from(jobs).where(eq(jobs.id, jobId));
  return row?.en;
}
