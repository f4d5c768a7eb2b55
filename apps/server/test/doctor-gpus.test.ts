import { startComfyuiSimulator, startObjectStoreSimulator } from "@ob/runpod/simulator";
import { expect, onTestFinished, test } from "vitest";
import { checkComfyui } from "../src/commands/doctor/check-comfyui.ts";
import { checkDryRun } from "../src/commands/doctor/check-dry-run.ts";
import { checkGpu } from "../src/commands/doctor/check-gpu.ts";
import { answerAs, type PlainAnswer } from "./support/answer-as.ts";
import { NO_PARTS, patientsOf, statesOf } from "./support/doctor-patients.ts";
import { TEST_GPU_KEY } from "./support/start-studio.ts";
import { parsed } from "./support/trusted.ts";

const { find } = patientsOf(() => NO_PARTS);

test.each([
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "endpoint-unknown"],
  [429, "rate-limited"],
])("an endpoint that answers %i is %s, with the advice for it", async (status, cause) => {
  const url = await answerAs(() => ({ status, body: {} }));
  const [finding] = await find(checkGpu, { RUNPOD_BASE_URL: `${url}/v2` });
  expect(finding).toMatchObject({ state: "broken", says: expect.stringContaining(cause) });
  expect(finding?.fix).toMatch(/[ก-๙]/);
  expect(JSON.stringify(finding)).not.toContain(TEST_GPU_KEY);
});

/** An endpoint's health; workers that are not named are none. */
function healthOf(some: Record<string, number>, inQueue: number) {
  const workers = { idle: 0, ready: 0, running: 0, initializing: 0, throttled: 0, ...some };
  return { jobs: { inQueue, inProgress: 0 }, workers };
}

test.each([
  [{ ready: 1 }, 0, "ok"],
  [{ throttled: 3 }, 2, "warning"],
  [{}, 4, "broken"],
  [{}, 0, "warning"],
  [{ initializing: 1 }, 4, "warning"],
])("workers %j with %i jobs waiting are %s", async (some, inQueue, state) => {
  const url = await answerAs(() => ({ body: healthOf(some, inQueue) }));
  expect(await statesOf(find(checkGpu, { RUNPOD_BASE_URL: `${url}/v2` }))).toEqual([state]);
});

test("a volume that takes our key is told from one that refuses it or is not there", async () => {
  const keys = {
    accessKeyId: "user_of_the_tests",
    secretAccessKey: "rps_secret_of_the_tests_0123",
  };
  const region = "EUR-IS-1";
  const volume = await startObjectStoreSimulator({
    dialect: "runpod-volume",
    bucket: "vol1",
    region,
    ...keys,
  });
  onTestFinished(() => volume.stop());
  const endpoint = await answerAs(() => ({ body: healthOf({ ready: 1 }, 0) }));
  const settings = {
    GPU_BACKEND: "runpod",
    RUNPOD_BASE_URL: `${endpoint}/v2`,
    RUNPOD_ENDPOINT_ID: "abc",
    RUNPOD_HANDLER: "volume-files",
    RUNPOD_VOLUME_ID: "vol1",
    RUNPOD_VOLUME_REGION: region,
    RUNPOD_VOLUME_ENDPOINT_URL: volume.url,
    RUNPOD_VOLUME_ACCESS_KEY_ID: keys.accessKeyId,
    RUNPOD_VOLUME_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  const look = async (change: Record<string, string>) =>
    (await find(checkGpu, { ...settings, ...change })).at(1);
  expect(await look({})).toMatchObject({ state: "ok" });
  expect(await look({ RUNPOD_VOLUME_SECRET_ACCESS_KEY: "wrong" })).toMatchObject({
    state: "broken",
    fix: expect.stringContaining("not the RUNPOD_API_KEY"),
  });
  expect(await look({ RUNPOD_VOLUME_ID: "vol2" })).toMatchObject({
    state: "broken",
    fix: expect.stringContaining("RUNPOD_VOLUME_ID"),
  });
});

/** What a ComfyUI answers, changed. */
async function comfyuiWith(change: (path: string, body: unknown) => PlainAnswer): Promise<string> {
  const real = await startComfyuiSimulator({ port: 0, gpuMs: 1, seed: 1 });
  onTestFinished(() => real.stop());
  const bodies = new Map<string, unknown>();
  for (const path of ["/system_stats", "/object_info"]) {
    bodies.set(path, await (await fetch(real.url + path)).json());
  }
  return answerAs(({ url = "" }) => change(url, bodies.get(url)));
}

const comfyui = (url: string) => find(checkComfyui, { GPU_BACKEND: "comfyui", COMFYUI_URL: url });

test("a ComfyUI that has everything is well; an old one, a lacking file, a lacking class are told", async () => {
  expect(await statesOf(comfyui(await comfyuiWith((_, body) => ({ body }))))).toEqual(["ok"]);
  const old = { system: { comfyui_version: "0.3.10" } };
  const aged = await comfyuiWith((path, body) => ({ body: path === "/system_stats" ? old : body }));
  expect(await comfyui(aged)).toContainEqual(
    expect.objectContaining({ state: "broken", fix: "Update ComfyUI." }),
  );
  const withText = (change: (text: string) => string) =>
    comfyuiWith((path, body) => ({
      body: path === "/object_info" ? parsed(change(JSON.stringify(body))) : body,
    }));
  const fileless = await withText((text) =>
    text.replaceAll("qwen_image_vae.safetensors", "other.safetensors"),
  );
  expect(JSON.stringify(await comfyui(fileless))).toContain("qwen_image_vae.safetensors");
  const classless = await withText((text) =>
    text.replaceAll("TextEncodeQwenImageEditPlus", "TextEncodeOther"),
  );
  expect(JSON.stringify(await comfyui(classless))).toContain("TextEncodeQwenImageEditPlus");
});

test("what is no ComfyUI, wants a password, or does not answer is told", async () => {
  const html = await answerAs(() => ({ body: { hello: 1 } }));
  expect(await comfyui(html)).toMatchObject([{ says: expect.stringContaining("not ComfyUI") }]);
  const locked = await answerAs(({ headers }) => ({
    status: headers.authorization === "Basic dXNlcjpwYXNz" ? 200 : 401,
    body: {},
  }));
  expect(await comfyui(locked)).toMatchObject([
    { fix: expect.stringContaining("user and password") },
  ]);
  const known = locked.replace("http://", "http://user:pass@");
  expect(await comfyui(known)).toMatchObject([{ says: expect.stringContaining("not ComfyUI") }]);
  expect(await comfyui("http://127.0.0.1:1")).toMatchObject([{ state: "broken" }]);
});

// As worker-comfyui words ComfyUI's refusal.
const LACKS_FILE =
  "Workflow validation failed:\n• Node 37 (errors): [{'type': 'value_not_in_list', 'message': 'Value not in list', 'details': \"unet_name: 'qwen.safetensors' not in ['other.safetensors']\"}]\n• Node 37 (class_type): UNETLoader";

test.each([
  [{ status: "FAILED", error: LACKS_FILE }, "models/unet/qwen.safetensors"],
  [{ status: "FAILED", error: "Cannot execute because node X does not exist." }, "node X"],
  [{ status: "COMPLETED", output: { images: [] } }, "was not refused"],
])("a dry run that ends with %j is told", async (end, said) => {
  const url = await answerAs(({ url: path = "" }) => ({
    body: path.endsWith("/run") ? { id: "probe-1", status: "IN_QUEUE" } : { id: "probe-1", ...end },
  }));
  const findings = await find(checkDryRun, { RUNPOD_BASE_URL: `${url}/v2` }, { mayDryRun: true });
  expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(["broken"]));
  expect(findings.map(({ says }) => says).join(" ")).toContain(said);
});

test("a dry run that no worker takes ends by itself and is cancelled; without leave none is sent", async () => {
  const asked: string[] = [];
  const url = await answerAs(({ url: path = "" }) => {
    asked.push(path);
    return { body: { id: "probe-1", status: "IN_QUEUE" } };
  });
  const settings = { RUNPOD_BASE_URL: `${url}/v2` };
  expect(await statesOf(find(checkDryRun, settings))).toEqual(["skipped"]);
  expect(asked).toEqual([]);
  expect(await statesOf(find(checkDryRun, settings, { mayDryRun: true }))).toEqual(["broken"]);
  expect(asked.some((path) => path.includes("/cancel/"))).toBe(true);
});
