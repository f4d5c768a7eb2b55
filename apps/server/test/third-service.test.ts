import { randomUUID } from "node:crypto";
import { type Job, PRICES, type Quote, type Service } from "@ob/api";
import { GPU_SERVICES } from "@ob/workflow";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, ok, signIn } from "./support/caller.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { createThirdService } from "./support/third-service.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let guest: Guest;

beforeAll(async () => {
  studio = await startStudio({
    catalogue: {
      versions: [...GPU_SERVICES, createThirdService()],
      prices: { ...PRICES, "pencil-sketch@1": { sheet: 7 } },
    },
  });
  guest = await signIn(studio.url);
});
afterAll(() => studio?.stop());

test("one service object and one price row make a service: quoted, paid, drawn and delivered", async () => {
  const services = ok(await guest.query<Service[]>("services.list"));
  expect(services).toHaveLength(3);
  expect(services.at(-1)?.modes).toMatchObject([{ id: "drawn", credits: 7 }]);

  const photo = await guest.upload(await fixture("rocket.jpg"));
  const asked = {
    service: "pencil-sketch",
    input: { imageAssetId: photo.assetId, options: { paper: "brown" } },
  };
  const quote = ok(await guest.query<Quote>("jobs.quote", asked));
  expect(quote).toMatchObject({
    credits: 7,
    serviceVersion: "pencil-sketch@1",
    prompt: { en: "Redraw Picture 1 as a pencil sketch on brown paper." },
  });
  const job = ok(
    await guest.mutate<Job>("jobs.create", {
      ...asked,
      requestId: randomUUID(),
      quotedCredits: quote.credits,
      quotedServiceVersion: quote.serviceVersion,
    }),
  );
  expect(await waitForJob(guest, job.id)).toMatchObject({
    status: "done",
    service: "pencil-sketch",
    serviceVersion: "pencil-sketch@1",
    credits: 7,
    input: { mode: "drawn", options: { paper: "brown" } },
    result: { width: photo.width, height: photo.height },
  });
  expect(await guest.balance()).toEqual({ available: 13, held: 0 });
});

test("what the third service does not offer is refused by its own contract", async () => {
  const photo = await guest.upload(await fixture("rocket.jpg"));
  const quote = (input: object) =>
    guest.query<Quote>("jobs.quote", {
      service: "pencil-sketch",
      input: { imageAssetId: photo.assetId, ...input },
    });
  const refused = async (input: object) => (await quote(input)).error?.app;
  expect(await refused({ mode: "fast" })).toMatchObject({ code: "INPUT_INVALID" });
  expect(await refused({ options: { paper: "blue" } })).toMatchObject({ code: "OPTION_UNKNOWN" });
  expect(await refused({ ratio: "1:1" })).toMatchObject({ field: "input.ratio" });
});
