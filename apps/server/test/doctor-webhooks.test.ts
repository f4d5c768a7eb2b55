import { expect, test } from "vitest";
import { checkWebhooks } from "../src/commands/doctor/check-webhooks.ts";
import { answerAs, type PlainAnswer } from "./support/answer-as.ts";
import { NO_PARTS, patientsOf, statesOf } from "./support/doctor-patients.ts";

const { find } = patientsOf(() => NO_PARTS);

const RUNPOD = { GPU_BACKEND: "runpod", RUNPOD_ENDPOINT_ID: "abc", RUNPOD_BASE_URL: "" };

test.each([
  [{}, "warning"],
  [{ PUBLIC_URL: "http://localhost:3000" }, "warning"],
  [{ PUBLIC_URL: "http://studio.example.com" }, "broken"],
  [{ PUBLIC_URL: "https://studio.invalid.example" }, "broken"],
])("webhooks of RunPod to %j are %s", async (change, state) => {
  const unreachable: typeof fetch = async () => {
    throw new TypeError("fetch failed", {
      cause: Object.assign(new Error(), { code: "ENOTFOUND" }),
    });
  };
  const o = { fetch: unreachable };
  expect(await statesOf(find(checkWebhooks, { ...RUNPOD, ...change }, o))).toEqual([state]);
});

test("a public address that leads elsewhere is told from one that leads to a studio", async () => {
  const change = { ...RUNPOD, PUBLIC_URL: "https://studio.example.com" };
  const through = async (answer: PlainAnswer) => {
    const origin = await answerAs(() => answer);
    const proxied: typeof fetch = (input, init) => {
      expect(input).toBe("https://studio.example.com/health/live");
      return fetch(`${origin}/health/live`, init);
    };
    return statesOf(find(checkWebhooks, change, { fetch: proxied }));
  };
  expect(await through({ body: { ok: true } })).toEqual(["ok"]);
  expect(await through({ body: "<html>log in</html>" })).toEqual(["broken"]);
  expect(await through({ status: 302, body: "" })).toEqual(["broken"]);
});
