import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { photo, planFor, rawSamples } from "../test/fixtures.ts";
import { createImaging } from "./index.ts";

const imaging = createImaging();
afterAll(() => imaging.close());

const ROOMY = 10_000_000;

test("further pictures follow in order at a megapixel or less, of their own shape, on white", async () => {
  const original = await photo("coffee.png");
  const plan = planFor({ width: 600, height: 400 }, null);
  const clear = await sharp({
    create: { width: 90, height: 30, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
  })
    .png()
    .toBuffer();
  const extras = [() => photo("coffee-12mp-rotated.jpg"), async () => clear];
  const inputs = await imaging.prepareInputs({
    original,
    extras,
    mask: null,
    plan,
    maxBodyBytes: ROOMY,
  });
  expect(inputs.images).toHaveLength(3);
  const [canvas, large, small] = await Promise.all(
    inputs.images.map(({ bytes }) => rawSamples(bytes)),
  );
  expect(canvas).toMatchObject({ ...plan.canvas, channels: 3 });
  expect(large).toMatchObject({ width: 1182, height: 886, channels: 3 });
  expect(small).toMatchObject({ width: 90, height: 30, channels: 3 });
  expect([...(small?.data.subarray(0, 3) ?? [])]).toEqual([255, 255, 255]);
});

test("when the body is too small the further pictures become JPEG before the picture itself", async () => {
  const original = await photo("astronaut.png");
  const plan = planFor({ width: 512, height: 512 }, null);
  const extras = ["coffee.png", "chelsea.png"].map((name) => () => photo(name));
  const request = { original, extras, mask: null, plan };
  const lossless = await imaging.prepareInputs({ ...request, maxBodyBytes: ROOMY });
  const extensions = async (maxBodyBytes: number) =>
    (await imaging.prepareInputs({ ...request, maxBodyBytes })).images.map(
      ({ extension }) => extension,
    );
  const room = lossless.images.reduce((sum, { bytes }) => sum + base64(bytes), 0);
  expect(await extensions(room)).toEqual(["png", "png", "png"]);
  expect(await extensions(room - 1)).toEqual(["png", "png", "jpg"]);
  expect(await extensions(room - 300_000)).toEqual(["png", "jpg", "jpg"]);
  expect(await extensions(1_000_000)).toEqual(["jpg", "jpg", "jpg"]);
});

test("a further picture is read when its job is let in, not while that waits in line", async () => {
  const narrow = createImaging({ concurrency: 1, threads: 1 });
  const original = await photo("coffee.png");
  const plan = planFor({ width: 600, height: 400 }, null);
  const events: string[] = [];
  const ask = async (name: string) => {
    const read = () => {
      events.push(`${name} reads`);
      return photo("chelsea.png");
    };
    const rest = { original, mask: null, plan, maxBodyBytes: ROOMY };
    await narrow.prepareInputs({ ...rest, extras: [read] });
    events.push(`${name} has it`);
  };
  await Promise.all([ask("one"), ask("two")]);
  await narrow.close();
  expect(events).toEqual(["one reads", "one has it", "two reads", "two has it"]);
});

test("a request waits for one of many jobs at the pixels, not for all of them", async () => {
  const narrow = createImaging({ concurrency: 1, threads: 1 });
  const original = await photo("coffee.png");
  const plan = planFor({ width: 600, height: 400 }, null);
  const ended: string[] = [];
  const job = { original, extras: [], mask: null, plan, maxBodyBytes: ROOMY };
  const jobs = Array.from({ length: 6 }, async (_, n) => {
    await narrow.prepareInputs(job);
    ended.push(`job ${n}`);
  });
  const requests = [
    narrow.convert(original, "jpeg").then(() => ended.push("download")),
    narrow
      .decodeUpload(original, { kind: "image", contentType: "image/png" })
      .then(() => ended.push("upload")),
  ];
  await Promise.all([...jobs, ...requests]);
  await narrow.close();
  // In turn from when the requests have read how large their pictures are; first come first served
  // would leave both to the end.
  expect(ended.slice(-2)).toEqual(["job 4", "job 5"]);
});

test("a further picture that cannot be read is refused as such", async () => {
  const original = await photo("coffee.png");
  const plan = planFor({ width: 600, height: 400 }, null);
  const whole = await photo("chelsea.png");
  for (const extra of [new Uint8Array([1, 2, 3]), whole.subarray(0, whole.length / 2)]) {
    const request = {
      original,
      extras: [async () => extra],
      mask: null,
      plan,
      maxBodyBytes: ROOMY,
    };
    await expect(imaging.prepareInputs(request)).rejects.toMatchObject({
      code: "IMAGE_UNREADABLE",
    });
  }
});

function base64(bytes: Uint8Array | undefined): number {
  return Buffer.from(bytes ?? []).toString("base64").length;
}
