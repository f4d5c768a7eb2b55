import sharp from "sharp";
import { expect, test } from "vitest";
import { paintMask, photo, rawSamples } from "../test/fixtures.ts";
import { convertPicture, type PictureFormat } from "./convert-picture.ts";

async function halfClear(): Promise<Uint8Array> {
  const alpha = await paintMask({ width: 600, height: 400 }, (x) => (x < 300 ? 0 : 255));
  return sharp(await photo("coffee.png"))
    .joinChannel(Buffer.from(alpha))
    .png()
    .toBuffer();
}

/** Of a picture that the format can store. */
async function converted(png: Uint8Array, format: PictureFormat): Promise<Uint8Array> {
  const bytes = await convertPicture(png, format);
  if (bytes === null) throw new Error(`${format} has no room`);
  return bytes;
}

test.for(["png", "jpeg", "webp"] satisfies PictureFormat[])(
  "%s keeps size and look and carries no metadata",
  async (format) => {
    const png = await photo("coffee.png");
    const bytes = await converted(png, format);
    const meta = await sharp(bytes).metadata();
    expect(meta).toMatchObject({ format, width: 600, height: 400, channels: 3 });
    expect([meta.exif, meta.icc, meta.xmp]).toEqual([undefined, undefined, undefined]);
    const [before, after] = await Promise.all([png, bytes].map(rawSamples));
    let sum = 0;
    const count = before?.data.length ?? 0;
    for (let i = 0; i < count; i += 1) {
      sum += Math.abs((before?.data[i] ?? 0) - (after?.data[i] ?? 255));
    }
    expect(sum / count).toBeLessThan(4);
  },
);

test("JPEG is 4:4:4 with transparency on white, WebP keeps the alpha", async () => {
  const png = await halfClear();
  const jpeg = await converted(png, "jpeg");
  expect((await sharp(jpeg).metadata()).chromaSubsampling).toBe("4:4:4");
  expect([...(await rawSamples(jpeg)).data.subarray(0, 3)]).toEqual([255, 255, 255]);
  const { data, channels } = await rawSamples(await converted(png, "webp"));
  expect([channels, data[3], data[4 * 500 + 3]]).toEqual([4, 0, 255]);
});

test("a side that a format cannot store gives nothing, and the longest it can gives the picture", async () => {
  const strip = (width: number) =>
    sharp({ create: { width, height: 2, channels: 3, background: "#336699" } })
      .png()
      .toBuffer();
  const asked = async (width: number, format: PictureFormat) => {
    const bytes = await convertPicture(await strip(width), format);
    return bytes === null ? null : (await sharp(bytes).metadata()).width;
  };
  expect([await asked(16_383, "webp"), await asked(16_384, "webp")]).toEqual([16_383, null]);
  expect([await asked(65_500, "jpeg"), await asked(65_501, "jpeg")]).toEqual([65_500, null]);
  expect(await asked(65_536, "png")).toBe(65_536);
});

test("damaged bytes are unreadable", async () => {
  const damaged = (await photo("coffee.png")).subarray(0, 100_000);
  await expect(convertPicture(damaged, "jpeg")).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
});
