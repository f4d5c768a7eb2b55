import { buildRewriteRequest, rewriteRules } from "@ob/workflow";
import { expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { pauseAfterTrouble } from "./pause-after-trouble.ts";
import { RewriterFailed, type RewriterTrouble } from "./rewriter-failed.ts";

const REQUEST = buildRewriteRequest({
  en: "Make it blue.",
  request: "",
  pictures: 1,
  rules: rewriteRules({ en: "Make it blue.", prompt: null }),
});

function setup(trouble: RewriterTrouble) {
  const clock = createFakeClock();
  let asked = 0;
  const rewrite = async () => {
    asked += 1;
    throw new RewriterFailed(trouble);
  };
  const rewriter = pauseAfterTrouble({ rewrite }, clock.now);
  const troubleNow = () => rewriter.rewrite(REQUEST).catch((error: unknown) => error);
  return { clock, troubleNow, asked: () => asked };
}

test.each(["timeout", "unreachable", "status"] as const)(
  "after %s it is not asked for half a minute, then again",
  async (trouble) => {
    const { clock, troubleNow, asked } = setup(trouble);
    expect(await troubleNow()).toMatchObject({ trouble });
    clock.advance(29_999);
    expect(await troubleNow()).toMatchObject({ trouble: "paused" });
    expect(asked()).toBe(1);
    clock.advance(1);
    expect(await troubleNow()).toMatchObject({ trouble });
    expect(asked()).toBe(2);
  },
);

test.each(["too-large", "malformed"] as const)(
  "one answer that is %s pauses nothing",
  async (t) => {
    const { troubleNow, asked } = setup(t);
    await troubleNow();
    await troubleNow();
    expect(asked()).toBe(2);
  },
);
