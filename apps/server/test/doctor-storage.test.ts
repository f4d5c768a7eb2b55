import { startObjectStoreSimulator } from "@ob/runpod/simulator";
import { expect, onTestFinished, test } from "vitest";
import { checkStorage } from "../src/commands/doctor/check-storage.ts";
import { NO_PARTS, patientsOf, statesOf } from "./support/doctor-patients.ts";

const { find } = patientsOf(() => NO_PARTS);

test("a bucket that no browser may write to is told from one that works", async () => {
  const origin = "https://studio.example";
  const keys = { accessKeyId: "key-of-the-tests", secretAccessKey: "secret-of-the-tests-0123" };
  const settings = async (corsOrigins: string[]) => {
    const store = await startObjectStoreSimulator({
      port: 0,
      bucket: "pictures",
      dialect: "s3",
      region: "auto",
      ...keys,
      corsOrigins,
    });
    onTestFinished(() => store.stop());
    return {
      STORAGE: "s3",
      S3_ENDPOINT: store.url,
      S3_REGION: "auto",
      S3_BUCKET: "pictures",
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
      PUBLIC_URL: origin,
    };
  };
  expect(await statesOf(find(checkStorage, await settings([origin])))).toEqual(["ok"]);
  expect(await find(checkStorage, await settings(["https://other.example"]))).toContainEqual(
    expect.objectContaining({ state: "broken", fix: expect.stringContaining("CORS") }),
  );
  const wrong = { ...(await settings([origin])), S3_SECRET_ACCESS_KEY: "not-the-secret" };
  expect(await statesOf(find(checkStorage, wrong))).toEqual(["broken"]);
});
